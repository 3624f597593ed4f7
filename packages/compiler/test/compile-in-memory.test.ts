import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { buildContent, compileInMemory } from "../src/index.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "chub-memory-"));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const SOUND =
  "---\nname: lib\ndescription: Acme lib, and how to call it.\nmetadata:\n  languages: python\n  versions: 1.0.0\n  revision: 1\n  updated-on: 2026-03-01\n  source: community\n  tags: acme\n---\n# Lib\n\nText.\n";

it("gives the files that a build writes", async () => {
  write("acme/docs/lib/DOC.md", SOUND);
  const files = await compileInMemory(root);
  const output = mkdtempSync(join(tmpdir(), "chub-built-"));
  await buildContent({ contentRoot: root, outputPath: output });
  for (const [path, bytes] of files)
    expect([path, readFileSync(join(output, path)).equals(bytes)]).toEqual([path, true]);
  expect([...files.keys()]).toContain("acme/docs/lib/DOC.md");
  rmSync(output, { recursive: true });
});

it("leaves broken files out, and says so when nothing is left or there is too much", async () => {
  write("acme/docs/broken/DOC.md", "---\nname: [\n---\n# Broken\n");
  await expect(compileInMemory(root)).rejects.toMatchObject({
    code: "REQUEST_FAILED",
    message: expect.stringContaining("acme/docs/broken/DOC.md: "),
  });
  write("acme/docs/lib/DOC.md", SOUND);
  expect([...(await compileInMemory(root)).keys()]).not.toContain("acme/docs/broken/DOC.md");
  for (let index = 0; index <= 500; index += 1)
    write(`acme/docs/lib/references/${index}.md`, "# X\n");
  await expect(compileInMemory(root)).rejects.toMatchObject({
    code: "REQUEST_FAILED",
    hint: expect.stringContaining("chub build"),
  });
});
