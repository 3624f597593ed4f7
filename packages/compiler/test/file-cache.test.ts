import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Discovered, SourceFile } from "../src/1-discover/source-file.ts";
import { loadEngine } from "../src/2-parse/engines.ts";
import { listedAuthors } from "../src/3-validate/author-registry.ts";
import { loadTokenCounter } from "../src/5-extract/tokens/token-counter.ts";
import { checkSyntax } from "../src/6-verify/check-syntax.ts";
import { type FileCache, openFileCache } from "../src/cache/file-cache.ts";
import { worldOf } from "../src/cache/record-reads.ts";
import { compile } from "../src/compile.ts";
import { lintContent } from "../src/lint-content.ts";
import { SOUND_DOC, sourceFile } from "./lint-support.ts";

const engine = await loadEngine();
const countTokens = await loadTokenCounter();
let folder: string;
let warnings: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chub-cache-"));
  warnings = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly today?: string;
  readonly rules?: string;
}

function cacheFor(
  files: readonly SourceFile[],
  { today = "2026-11-24", rules = "1" }: Run,
): FileCache {
  const paths = new Set(files.map(({ path }) => path));
  return openFileCache({
    folder,
    components: { lint: { engine: "1", "rule code/syntax": rules }, structure: { engine: "1" } },
    world: worldOf({ paths, listed: new Set(listedAuthors(files)), today }),
    warn: (message) => warnings.push(message),
  });
}

function lint(files: readonly SourceFile[], run: Run = {}) {
  const discovered: Discovered = { files, skipped: [] };
  const inputs = {
    engine,
    config: null,
    today: run.today ?? "2026-11-24",
    checkSyntax,
    countTokens,
  };
  const cache = cacheFor(files, run);
  const found = lintContent(discovered, { ...inputs, memory: cache });
  const misses = Object.fromEntries(cache.misses("lint"));
  cache.save();
  cache.close();
  return { found, misses, anew: lintContent(discovered, inputs) };
}

function doc(name: string, body = "", day = "2026-01-15"): SourceFile {
  const text = SOUND_DOC.replace("name: widget", `name: ${name}`)
    .replace("list widgets", `list widgets of kind ${name}`)
    .replace("2026-01-15", day);
  return sourceFile(`acme/docs/${name}/DOC.md`, text + body);
}

describe("the cache of files", () => {
  it("looks at a file once, and again when its bytes are others", () => {
    const files = [doc("a"), doc("b", "\n[x](missing.md)\n")];
    expect(lint(files).misses).toEqual({
      "acme/docs/a/DOC.md": "new file",
      "acme/docs/b/DOC.md": "new file",
    });
    const warm = lint(files);
    expect(warm.misses).toEqual({});
    expect(warm.found).toEqual(warm.anew);
    expect(lint([doc("a"), doc("b")]).misses).toEqual({ "acme/docs/b/DOC.md": "other content" });
    expect(lint(files).misses).toEqual({});
  });

  it("knows what a file read of the others", () => {
    const linking = doc("b", "\n[x](references/more.md)\n");
    const target = sourceFile("acme/docs/b/references/more.md", "# More\n\nText.\n");
    expect(lint([linking]).found.map(({ rule }) => rule)).toEqual(["links/resolve"]);
    const { misses, found, anew } = lint([linking, target]);
    expect(misses).toEqual({
      "acme/docs/b/DOC.md": "acme/docs/b/references/more.md came or went",
      "acme/docs/b/references/more.md": "new file",
    });
    expect(found).toEqual(anew);
    expect(found).toEqual([]);
  });

  it("knows what a file read of the day", () => {
    const files = [doc("a"), doc("c", "", "2026-12-01")];
    expect(lint(files).found.map(({ rule }) => rule)).toEqual(["frontmatter/updated-on"]);
    expect(lint(files, { today: "2026-11-30" }).misses).toEqual({});
    const later = lint(files, { today: "2026-12-01" });
    expect(later.misses).toEqual({ "acme/docs/c/DOC.md": "another day" });
    expect(later.found).toEqual([]);
    const earlier = lint(files, { today: "2026-01-14" });
    // Of the other one an earlier result says what holds on that day.
    expect(earlier.misses).toEqual({ "acme/docs/a/DOC.md": "another day" });
    expect(earlier.found).toEqual(earlier.anew);
  });

  it("names the component that is another", () => {
    lint([doc("a")]);
    expect(lint([doc("a")], { rules: "2" }).misses).toEqual({
      "acme/docs/a/DOC.md": "another rule code/syntax",
    });
  });

  it.each([
    ["cut short", (bytes: Buffer) => bytes.subarray(0, bytes.length - 30)],
    ["empty", () => Buffer.alloc(0)],
    ["changed in its index", (bytes: Buffer) => flipped(bytes, bytes.length - 40)],
    ["changed in a result", (bytes: Buffer) => flipped(bytes, 20)],
  ])("takes a file that is %s for a miss and says so once", (_name, damage) => {
    const files = [doc("a"), doc("b")];
    lint(files);
    for (const name of readdirSync(folder))
      writeFileSync(join(folder, name), damage(readFileSync(join(folder, name))));
    const { found, anew, misses } = lint(files);
    expect(found).toEqual(anew);
    expect(Object.keys(misses).length).toBeGreaterThan(0);
    expect(warnings).toEqual([expect.stringContaining("is damaged")]);
    warnings = [];
    expect(lint(files).misses).toEqual({});
  });

  it("stays small: old results go, those in use stay", () => {
    for (let round = 0; round < 30; round++) lint([doc("a"), doc("b", `\nRound ${round}.\n`)]);
    expect(readdirSync(folder).length).toBeLessThanOrEqual(9);
    const bytes = readdirSync(folder).reduce(
      (sum, name) => sum + readFileSync(join(folder, name)).length,
      0,
    );
    expect(bytes).toBeLessThan(60_000);
    expect(lint([doc("a"), doc("b", "\nRound 29.\n")]).misses).toEqual({});
  });

  it("never changes what is found, whatever happened before", () => {
    const bodies = [
      "",
      "\n[x](../b/DOC.md)\n",
      "\n[x](more.md#y)\n",
      "\n```js\nlet =\n```\n",
      "\n## \n",
    ];
    const tree = fc.record({
      names: fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"), { minLength: 1 }),
      bodies: fc.array(fc.constantFrom(...bodies), { minLength: 4, maxLength: 4 }),
      more: fc.boolean(),
      listed: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(tree, { minLength: 2, maxLength: 5 }), (trees) => {
        for (const { names, bodies: texts, more, listed } of trees) {
          const files = names.sort().map((name, i) => doc(name, texts[i]));
          if (more) files.push(sourceFile("acme/docs/a/more.md", "# M\n\n## Y\n"));
          if (listed) files.push(sourceFile("acme/registry.json", '{"docs":[]}'));
          const { found, anew } = lint(files);
          expect(found).toEqual(anew);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("gives the same artifact from remembered structures", () => {
    const files = [doc("a", "\n[x](more.md)\n"), sourceFile("acme/docs/a/more.md", "# M\n")];
    const build = (memory?: FileCache) =>
      compile(
        { files, skipped: [] },
        { engine, countTokens, config: null, ...(memory !== undefined && { memory }) },
      ).artifact;
    const cold = cacheFor(files, {});
    build(cold);
    cold.save();
    cold.close();
    const warm = cacheFor(files, {});
    const artifact = build(warm);
    const bytes = artifact?.parts.map((part) => [
      part.path,
      Buffer.from(part.bytes()).toString("hex"),
    ]);
    expect([...warm.misses("structure"), ...warm.misses("lint")]).toEqual([]);
    warm.close();
    const anew = build();
    expect(bytes).toEqual(
      anew?.parts.map((part) => [part.path, Buffer.from(part.bytes()).toString("hex")]),
    );
    expect(artifact?.digest).toBe(anew?.digest);
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at]! ^= 0xff;
  return copy;
}
