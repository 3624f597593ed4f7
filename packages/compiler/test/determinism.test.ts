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
import { loadSyntaxChecker } from "../src/grammars/load-syntax-checker.ts";
import { type BundledChubc, bundleChubc } from "./bundle-chubc.ts";

const contentRoot = join(import.meta.dirname, "golden/shapes/content");
let discovered: Discovered;
let inputs: CompileInputs;
let expected: string | undefined;
beforeAll(async () => {
  discovered = discover(contentRoot, {});
  inputs = {
    engine: await loadEngine(),
    countTokens: await loadTokenCounter(),
    checkSyntax: await loadSyntaxChecker(discovered.files),
    config: null,
  };
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
      const output = join(work, name);
      const args = [chubc.script, "build", contentRoot, "-o", output, "--json", "--no-cache"];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, {
        cwd,
        encoding: "utf8",
        env: { ...process.env, ...env },
      });
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(JSON.parse(stdout)).toMatchObject({ digest: expected });
    },
  );

  it.each([
    ["in one thread, cold", ["--jobs", "1"]],
    ["from what one thread remembered", ["--jobs", "1"]],
    ["from there, with more threads", ["--jobs", "3"]],
    ["in two threads, without a cache", ["--jobs", "2", "--no-cache"]],
    ["in five threads, cold", ["--jobs", "5", "--cache-location", "threads"]],
    ["from what five threads remembered", ["--jobs", "1", "--cache-location", "threads"]],
    ["into a place that has it already", ["--cache-location", "threads", "-o", "again"]],
    ["into a place that has it already, once more", ["--cache-location", "threads", "-o", "again"]],
  ])("gives the same artifact %s", (name, more) => {
    const args = [
      chubc.script,
      ...["build", contentRoot, "-o", `out-${name.length}`, "--json"],
      ...["--cache-location", "cache", ...more],
    ];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: work,
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ digest: expected });
  });
});
