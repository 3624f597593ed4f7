import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { discover } from "./discover.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "chub-late-"));
  mkdirSync(join(root, "acme"));
  writeFileSync(join(root, "acme/a.md"), "one");
  writeFileSync(join(root, "acme/b.md"), "three");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it.each([0, 4, 100])("gives the same files when %i bytes may be kept", (keptBytes) => {
  const late = discover(root, { late: { keptBytes } });
  const plain = (files: typeof late.files) =>
    files.map(({ path, sha256, bytes }) => ({ path, sha256, bytes: Buffer.from(bytes) }));
  expect(plain(late.files)).toEqual(plain(discover(root, {}).files));
  expect(late.files.map(({ size }) => size)).toEqual([3, 5]);
});

it("reads a file larger than its buffer", () => {
  const text = "0123456789".repeat(250_000);
  writeFileSync(join(root, "acme/large.md"), text);
  const [file] = discover(root, { late: { keptBytes: 0 } }).files.slice(-1);
  expect(Buffer.from(file?.bytes ?? []).toString()).toBe(text);
});

it.each([
  ["changed", () => writeFileSync(join(root, "acme/a.md"), "two")],
  ["is gone", () => rmSync(join(root, "acme/a.md"))],
])("notices that a file %s", (_name, change) => {
  const { files } = discover(root, { late: { keptBytes: 0 } });
  change();
  expect(() => files[0]?.bytes).toThrow(expect.objectContaining({ code: "LOCAL_IO" }));
});
