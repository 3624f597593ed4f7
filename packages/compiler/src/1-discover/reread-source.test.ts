import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { discover } from "./discover.ts";
import { rereadSources, totalBytes } from "./reread-source.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "chub-reread-"));
  mkdirSync(join(root, "acme"));
  writeFileSync(join(root, "acme/a.md"), "one");
  writeFileSync(join(root, "acme/b.md"), "three");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it("gives the same files", () => {
  const discovered = discover(root, {});
  const again = rereadSources(root, discovered);
  expect(again.files.map(({ path, sha256, bytes }) => ({ path, sha256, bytes }))).toEqual(
    discovered.files,
  );
  expect(totalBytes(again)).toBe(8);
});

it.each([
  ["changed", () => writeFileSync(join(root, "acme/a.md"), "two")],
  ["is gone", () => rmSync(join(root, "acme/a.md"))],
])("notices that a file %s", (_name, change) => {
  const { files } = rereadSources(root, discover(root, {}));
  change();
  expect(() => files[0]?.bytes).toThrow(expect.objectContaining({ code: "LOCAL_IO" }));
});
