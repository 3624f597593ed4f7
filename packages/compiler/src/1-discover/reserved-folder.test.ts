import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { discover } from "./discover.ts";
import { skippedDiagnostics } from "./skipped-diagnostics.ts";

const root = mkdtempSync(join(tmpdir(), "chub-reserved-"));
afterEach(() => rmSync(root, { recursive: true, force: true }));

it("has no place for an author whose folder the artifact uses itself", () => {
  for (const author of ["ast", "astro", "help", "index"]) {
    mkdirSync(join(root, author));
    writeFileSync(join(root, author, "a.md"), "a");
  }
  const discovered = discover(root, {});
  expect(discovered.files.map(({ path }) => path)).toEqual(["astro/a.md"]);
  expect(
    skippedDiagnostics(discovered).map(
      ({ rule, severity, message }) => `${severity} ${rule}: ${message}`,
    ),
  ).toEqual([
    "error files/portable-path: Unexpected path: the artifact keeps its own files in ast",
    "error files/portable-path: Unexpected path: the artifact keeps its own files in help",
    "error files/portable-path: Unexpected path: the artifact keeps its own files in index",
  ]);
});
