import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compile, discover, loadEngine, loadTokenCounter } from "../src/index.ts";
import { type BundledChubc, bundleChubc } from "./bundle-chubc.ts";

const contentRoot = join(import.meta.dirname, "golden/shapes/content");
const expected = JSON.parse(readFileSync(join(import.meta.dirname, "golden/shapes/expected/manifest.json"), "utf8")) as { digest: string };

describe("compile", () => {
  it("gives the same artifact for files in any order, with either engine, and with a counter that has seen other texts", async () => {
    const discovered = discover(contentRoot, {});
    const countTokens = await loadTokenCounter();
    countTokens("a text that is in none of the documents: Donaudampfschiffahrt");
    const engines = [await loadEngine("satteri"), await loadEngine("remark")];
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...discovered.files], { minLength: discovered.files.length }),
        fc.constantFrom(...engines),
        (files, engine) => {
          const { artifact } = compile({ ...discovered, files }, { engine, countTokens, config: null });
          expect(artifact?.digest).toBe(expected.digest);
        },
      ),
      { numRuns: 10 },
    );
  });
});

describe("chubc build", () => {
  const work = mkdtempSync(join(tmpdir(), "chub-determinism-"));
  let chubc: BundledChubc;
  beforeAll(async () => {
    chubc = await bundleChubc();
  });
  afterAll(() => {
    chubc.remove();
    rmSync(work, { recursive: true, force: true });
  });

  const elsewhere = join(work, "elsewhere");
  mkdirSync(elsewhere);
  it.each([
    { name: "Turkish", cwd: work, env: { LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8", TZ: "Asia/Tokyo" } },
    { name: "plain C", cwd: elsewhere, env: { LC_ALL: "C", LANG: "C", TZ: "America/St_Johns", HOSTNAME: "another" } },
  ])("writes the same bytes under a locale that is $name, in another time zone and folder", ({ name, cwd, env }) => {
    const output = join(work, name.replace(" ", "-"));
    const args = [chubc.script, "build", contentRoot, "-o", output, "--json"];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8", env: { ...process.env, ...env } });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ digest: expected.digest });
    expect(readFileSync(join(output, "manifest.json"))).toEqual(readFileSync(join(import.meta.dirname, "golden/shapes/expected/manifest.json")));
  });
});
