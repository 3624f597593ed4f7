import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  compile,
  type CompileInputs,
  type Discovered,
  discover,
  loadEngine,
  loadTokenCounter,
} from "../src/index.ts";
import { type BundledChubc, bundleChubc } from "./bundle-chubc.ts";

const contentRoot = join(import.meta.dirname, "golden/shapes/content");
let discovered: Discovered;
let inputs: CompileInputs;
let expected: string | undefined;
beforeAll(async () => {
  discovered = discover(contentRoot, {});
  inputs = { engine: await loadEngine(), countTokens: await loadTokenCounter(), config: null };
  expected = compile(discovered, inputs).artifact?.digest;
});

describe("compile", () => {
  it("gives the same artifact for files in any order, with either engine, and again and again", async () => {
    expect(expected).toMatch(/^[0-9a-f]{64}$/);
    const engines = [await loadEngine("satteri"), await loadEngine("remark")];
    const anyOrder = fc.shuffledSubarray([...discovered.files], {
      minLength: discovered.files.length,
    });
    fc.assert(
      fc.property(anyOrder, fc.constantFrom(...engines), (files, engine) => {
        const { artifact } = compile({ ...discovered, files }, { ...inputs, engine });
        expect(artifact?.digest).toBe(expected);
      }),
      { numRuns: 10 },
    );
  });
});

describe("chubc build", () => {
  const work = mkdtempSync(join(tmpdir(), "chub-determinism-"));
  const elsewhere = join(work, "elsewhere");
  let chubc: BundledChubc;
  beforeAll(async () => {
    mkdirSync(elsewhere);
    chubc = await bundleChubc();
  });
  afterAll(() => {
    chubc.remove();
    rmSync(work, { recursive: true, force: true });
  });

  it.each([
    {
      name: "Turkish",
      cwd: work,
      env: { LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8", TZ: "Asia/Tokyo" },
    },
    {
      name: "plain",
      cwd: elsewhere,
      env: { LC_ALL: "C", LANG: "C", TZ: "America/St_Johns", HOSTNAME: "another" },
    },
  ])(
    "gives the same artifact in a $name locale, in another time zone and folder",
    ({ name, cwd, env }) => {
      const args = [chubc.script, "build", contentRoot, "-o", join(work, name), "--json"];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, {
        cwd,
        encoding: "utf8",
        env: { ...process.env, ...env },
      });
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(JSON.parse(stdout)).toMatchObject({ digest: expected });
    },
  );

  it.each(["1", "2", "5"])("gives the same artifact with %s worker threads", (jobs) => {
    const output = join(work, `jobs-${jobs}`);
    const args = [chubc.script, "build", contentRoot, "-o", output, "--json", "--jobs", jobs];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ digest: expected });
  });
});
