import { rmSync } from "node:fs";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { quotedPhrases } from "../src/search/parse-query.ts";
import { holdsWords, plainWords } from "../src/search/tokenize.ts";
import { directorySource, openCatalog, type Catalog, type OpenedCatalog } from "../src/index.ts";
import { fixtureArtifact, writeTree, type FixtureEntry } from "./fixture-artifact.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

async function catalogOf(entries: readonly FixtureEntry[]): Promise<OpenedCatalog> {
  const directory = writeTree(fixtureArtifact(entries));
  folders.push(directory);
  const source = directorySource({ name: "judged", kind: "path", directory });
  return openCatalog({ sources: [{ source, tier: "official" }] });
}

function entry(id: string, text: string, given: Partial<FixtureEntry> = {}): FixtureEntry {
  return {
    id,
    description: "",
    texts: [{ language: "python", files: { "DOC.md": `# ${id}\n\n${text}\n` } }],
    ...given,
  };
}

async function found(catalog: Catalog, query: string): Promise<readonly [number, string[]]> {
  const { total, hits } = await catalog.search({ query });
  return [total, hits.map(({ record }) => record.id).sort()];
}

describe("a quoted phrase", () => {
  it("stands in the text in its order and without words between", async () => {
    const catalog = await catalogOf([
      entry("a/apart", "Verify the signature of a webhook."),
      entry("a/code", "```python\nverify_webhook(raw)\n```"),
      entry("a/described", "Nothing.", { description: "How to verify webhook calls" }),
      entry("a/exact", "First VERIFY webhook calls."),
      entry("a/other", "Verify webhooksignature. Verify a webhook."),
      entry("a/turned", "The webhook verify step."),
      entry("a/wrapped", "First verify\nwebhook calls; Überprüfen Sie die Signatur 数据库查询方法"),
    ]);
    expect(await found(catalog, '"verify webhook"')).toEqual([
      4,
      ["a/code", "a/described", "a/exact", "a/wrapped"],
    ]);
    expect(await found(catalog, '"verify webhook" "webhook calls"')).toEqual([
      3,
      ["a/described", "a/exact", "a/wrapped"],
    ]);
    expect(await found(catalog, '"uberprufen sie" webhook')).toEqual([1, ["a/wrapped"]]);
    expect(await found(catalog, '"数据库查询"')).toEqual([1, ["a/wrapped"]]);
    expect(await found(catalog, '"webhook calls first"')).toEqual([0, []]);
    await catalog.close();
  });

  it("is looked for in reference files, and in the texts of the wanted language only", async () => {
    const files = { "DOC.md": "# b\n\nred blue\n", "references/more.md": "# More\n\nred green\n" };
    const catalog = await catalogOf([
      {
        id: "a/b",
        texts: [
          { language: "python", files },
          { language: "javascript", files: { "DOC.md": "# b\n\nblue red green blue\n" } },
        ],
      },
    ]);
    const totals = async (query: string): Promise<readonly number[]> =>
      Promise.all(
        ["python", "javascript"].map(
          async (language) => (await catalog.search({ query, language })).total,
        ),
      );
    expect(await totals('"red green"')).toEqual([1, 1]);
    expect(await totals('"blue red"')).toEqual([0, 1]);
    expect(await totals('"red blue"')).toEqual([1, 0]);
    await catalog.close();
  });

  it("leaves pages as slices of one list", async () => {
    const catalog = await catalogOf(
      Array.from({ length: 7 }, (_, i) =>
        entry(`a/e${i}`, i % 2 === 0 ? "open the file" : "file the open"),
      ),
    );
    const page = async (offset: number): Promise<readonly [number, number, string[]]> => {
      const answer = await catalog.search({ query: '"open the file"', limit: 3, offset });
      return [answer.total, answer.offset, answer.hits.map(({ record }) => record.id)];
    };
    expect(await Promise.all([0, 3, 6].map(page))).toEqual([
      [4, 0, ["a/e0", "a/e2", "a/e4"]],
      [4, 3, ["a/e6"]],
      [4, 6, []],
    ]);
    await catalog.close();
  });

  it("is found by the same words next to each other, as by a comparison of word lists", () => {
    const word = fc.constantFrom("red", "redder", "blue", "Grün", "a");
    const list = fc.array(word, { minLength: 1, maxLength: 8 });
    const separator = fc.constantFrom(" ", "\n", "_", "`, ");
    fc.assert(
      fc.property(list, list, separator, (text, phrase, between) => {
        const plain = (words: readonly string[]): string[] =>
          words.map((one) => one.toLowerCase().replace("ü", "u"));
        const [whole, wanted] = [plain(text), plain(phrase)];
        const stands = whole.some((_, i) =>
          wanted.every((one, offset) => whole[i + offset] === one),
        );
        expect(holdsWords(plainWords(text.join(between)), plainWords(phrase.join(" ")))).toBe(
          stands,
        );
      }),
    );
  });

  it("of one plain word among others is no phrase: messages quote words", () => {
    expect(
      ['stubs missing for "yaml"', '"yaml"', '"safe load" yaml "x"', '"constructEvent" x'].map(
        quotedPhrases,
      ),
    ).toEqual([[], ["yaml"], ["safe load"], ["constructEvent"]]);
  });
});
