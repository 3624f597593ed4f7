import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { CheckJob } from "./check-job.ts";
import { runChecks } from "./run-checks.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chub-checks-"));
  writeFileSync(join(folder, "checker.cjs"), CHECKER);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Answers with the paths it was given; hangs, ends or fills the memory on documents that are called so. */
const CHECKER = `
process.on("message", ({ documents }) => {
  for (const { path } of documents) {
    if (path === "hangs") for (;;);
    if (path === "ends") process.exit(3);
    if (path === "grows") { const all = []; for (;;) all.push(new Array(1e6).fill(path)); }
  }
  process.send(documents.map(({ path }) => [path]));
});
process.on("disconnect", () => process.exit(0));
`;

function run(jobs: readonly (readonly string[])[], timeoutMs: number) {
  const environment = { roots: [], packages: {}, missing: [] };
  return runChecks(
    jobs.map((paths): CheckJob => ({
      environment,
      documents: paths.map((path) => ({ path, snippets: [], background: [] })),
    })),
    {
      script: join(folder, "checker.cjs"),
      setup: { store: folder, typescript: folder },
      processes: 2,
      memoryMb: 64,
      timeoutMs,
    },
  );
}

it("gives the answers in the order of the jobs", async () => {
  expect(await run([["a", "b"], ["c"], [], ["d"]], 60_000)).toEqual([
    [["a"], ["b"]],
    [["c"]],
    [],
    [["d"]],
  ]);
});

it("blames one document when the checker ends or fills its memory, and goes on", async () => {
  expect(await run([["a", "ends", "b"], ["grows"], ["c"]], 60_000)).toEqual([
    [["a"], null, ["b"]],
    [null],
    [["c"]],
  ]);
});

it("stops a checker that hangs", async () => {
  expect(await run([["hangs"], ["c"]], 3_000)).toEqual([[null], [["c"]]]);
});
