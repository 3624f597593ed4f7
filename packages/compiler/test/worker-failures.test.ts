import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { bundleBin } from "../../../tools/build/bundle-bin.mjs";

const PACKAGE = join(import.meta.dirname, "..");
let work: string;
beforeEach(() => {
  mkdirSync(join(PACKAGE, "node_modules/.cache"), { recursive: true });
  work = mkdtempSync(join(PACKAGE, "node_modules/.cache/workers-"));
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

it("blames the file that hangs, ends or breaks a thread, and makes the others", async () => {
  const script = join(work, "run.cjs");
  await bundleBin({
    cwd: PACKAGE,
    entry: "test/worker-failures/run.ts",
    outfile: script,
    external: ["oxc-parser", "satteri", "tinypool"],
    beside: { "src/workers/worker.ts": "worker.cjs" },
  });
  const bodies = { a: "fine", b: "hang", c: "fine", d: "crash", e: "throw", f: "fine" };
  for (const [name, text] of Object.entries(bodies)) {
    mkdirSync(join(work, "content/acme/docs", name), { recursive: true });
    writeFileSync(join(work, "content/acme/docs", name, "DOC.md"), text);
  }
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [script, join(work, "content"), join(import.meta.dirname, "worker-failures/engine.mjs")],
    { encoding: "utf8" },
  );
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual({
    "acme/docs/a/DOC.md": "made",
    "acme/docs/b/DOC.md": "no answer within 8 s",
    "acme/docs/c/DOC.md": "made",
    "acme/docs/d/DOC.md": "no answer within 8 s",
    "acme/docs/e/DOC.md": "TypeError: broken parser",
    "acme/docs/f/DOC.md": "made",
  });
}, 300_000);
