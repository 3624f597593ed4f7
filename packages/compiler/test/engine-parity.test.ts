import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { discover } from "../src/1-discover/discover.ts";
import { loadEngine, SATTERI_VERSION } from "../src/2-parse/engines.ts";
import { SOUND_DOC } from "./lint-support.ts";

const native = await loadEngine("satteri");
const reference = await loadEngine("remark");

/** The tree without what engines may differ in: `data`, and fields that are null in one and absent in the other. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(
    ([key, field]) => key !== "data" && field !== null && field !== undefined,
  );
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, field]) => [key, canonical(field)]),
  );
}

function expectSameTree(text: string): void {
  expect(canonical(native.parse(text))).toEqual(canonical(reference.parse(text)));
}

it("uses the native engine here, and the reference when asked", () => {
  expect([native.id, reference.id]).toEqual(["satteri", "remark"]);
});

it("names the version of the native engine that is installed", () => {
  const { dependencies } = JSON.parse(
    readFileSync(join(import.meta.dirname, "../package.json"), "utf8"),
  ) as {
    dependencies: Record<string, string>;
  };
  expect(dependencies["satteri"]).toBe(SATTERI_VERSION);
});

/** One construct of CommonMark or GFM each. */
const EXAMPLES: readonly string[] = [
  SOUND_DOC,
  SOUND_DOC.replaceAll("\n", "\r\n"),
  "---\ntitle: a\n---\n",
  "---\ntitle: never closed\n",
  "# ATX\n\nSetext\n======\n\nSetext 2\n---\n",
  "####### seven\n\n#no space\n\n# closed #\n",
  "para one\nline two  \nhard break\\\nagain\n\npara two\n",
  "* a\n* b\n\n  para in b\n\n  1. one\n  2. two\n\n+ other list\n",
  "1) a\n2) b\n\n10. ten\n11. eleven\n",
  "> quote\n> > nested\nlazy\n\n> - list in quote\n",
  "    indented code\n\n\ttab code\n",
  '```js title="a"\nlet a;\n```\n\n~~~\ntilde\n~~~\n\n````md\n```\n````\n',
  "```js\nnever closed\n",
  "- item\n  ```sh\n  ls\n  ```\n",
  "*a* **b** ***c*** _d_ __e__ a*b*c a_b_c\n",
  "~~gone~~ ~one~\n",
  "`code` `` a ` b `` ` spaces `\n",
  "[a](b) [a](<b c> \"t\") [a][r] [r][] [r]\n\n[r]: https://a.b 'title'\n",
  '![alt](src "title") ![r]\n\n[r]: x\n',
  "<https://a.b> <a@b.c> https://a.b www.a.b a@b.co\n",
  "https://a.b/c?d=e&f=g. (https://a.b) https://a.b/x_(y)\n",
  "| a | b |\n|:--|--:|\n| 1 | `a\\|b` |\n| short |\n| x | y | z |\n\nafter\n",
  "a | b\n--|--\n1 | 2\n",
  "- [ ] todo\n- [x] done\n- [X] done\n- [] none\n",
  "note[^a] again[^a]\n\n[^a]: text\n    more\n",
  "<div>\nhtml\n</div>\n\ninline <b>html</b> <!-- c -->\n",
  "<!-- comment\nof lines -->\n\n<script>\nlet a;\n</script>\n",
  "&amp; &copy; &#35; &#x22; &unknown;\n",
  "\\* \\_ \\` \\[ \\\\ \\a\n",
  "***\n---\n___\n* * *\n",
  "é ü 日本語 🎉 👩‍🚀\n\n# 日本語\n\n`🎉`\n",
  "a\tb\n\n-\tlist\n\n>\tquote\n",
  "no newline at the end",
  "",
  "\n\n\n",
];

it.each(EXAMPLES)("gives the tree of the reference: %#", expectSameTree);

const content = join(import.meta.dirname, "../../../content");
const corpus = process.env["CHUB_CORPUS"];
const trees = corpus === undefined ? [content] : [content, corpus];

it.each(trees)(
  "gives the trees of the reference for every document of %s",
  (folder) => {
    const documents = discover(folder, {}).files.filter(({ path }) => path.endsWith(".md"));
    expect(documents.length).toBeGreaterThan(10);
    const different = documents.filter(({ bytes }) => {
      const text = Buffer.from(bytes).toString("utf8");
      return (
        JSON.stringify(canonical(native.parse(text))) !==
        JSON.stringify(canonical(reference.parse(text)))
      );
    });
    expect(different.map(({ path }) => path)).toEqual([]);
  },
  600_000,
);

it("gives the trees of the reference for documents put together from parts", () => {
  const parts = fc.constantFrom(
    ...EXAMPLES.slice(4, 30).filter((example) => !example.includes("never closed")),
  );
  fc.assert(
    fc.property(fc.array(parts, { minLength: 1, maxLength: 6 }), (chosen) => {
      const text = chosen.join("\n");
      expect(canonical(native.parse(text))).toEqual(canonical(reference.parse(text)));
    }),
    { numRuns: 100, seed: 7 },
  );
});
