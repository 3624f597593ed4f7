import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { RegistryFile } from "@chub/registry";
import { afterAll, describe, expect, it } from "vitest";
import { buildContent } from "../src/index.ts";

const root = join(import.meta.dirname, "../../..");
const client = dirname(
  createRequire(join(root, "package.json")).resolve("@aisuite/chub/package.json"),
);
const work = mkdtempSync(join(tmpdir(), "chub-compat-build-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Our own documents always; `CHUB_CORPUS` names a larger tree, such as Context Hub's content, to compare as well. */
const trees = [
  join(root, "content"),
  ...(process.env["CHUB_CORPUS"] === undefined ? [] : [process.env["CHUB_CORPUS"]]),
];

describe.each(trees)("%s, built by us and by @aisuite/chub", (contentRoot) => {
  it("has the same entries, languages, versions and files", async () => {
    const ours = join(work, "ours");
    const theirs = join(work, "theirs");
    await buildContent({ contentRoot, outputPath: ours });
    const env = { ...process.env, CHUB_DIR: work, CHUB_TELEMETRY: "0" };
    const args = [join(client, "bin/chub"), "build", contentRoot, "-o", theirs];
    expect(spawnSync(process.execPath, args, { env, encoding: "utf8" }).status).toBe(0);
    const expected = textsOf(theirs);
    expect(expected.size).toBeGreaterThan(10);
    expect(textsOf(ours)).toEqual(expected);
  }, 300_000);
});

/** Every text by its address, with its files. What differs on purpose is left out: tiers (granted by owners.yaml) and sizes. */
function textsOf(artifact: string): Map<string, unknown> {
  const { docs, skills } = JSON.parse(
    readFileSync(join(artifact, "registry.json"), "utf8"),
  ) as RegistryFile;
  const texts = new Map<string, unknown>();
  for (const { id, languages } of docs) {
    for (const { language, versions } of languages) {
      for (const { version, path, files } of versions)
        texts.set(`${id} ${language} ${version}`, { path, files: published(files) });
    }
  }
  for (const { id, path, files } of skills) texts.set(id, { path, files: published(files) });
  return new Map([...texts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Dotfiles are not published: they are configuration of the author's machine, and some hold secrets. */
function published(files: readonly string[]): string[] {
  return files.filter((path) => !/(?:^|\/)\./.test(path)).sort();
}
