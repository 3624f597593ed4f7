import { hash } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { loadEngine, type MarkdownEngine } from "../2-parse/engines.ts";
import { parseFile } from "../2-parse/parse-file.ts";
import { extractFile } from "./extract-file.ts";
import type { FileFacts } from "./file-facts.ts";

let engine: MarkdownEngine;
beforeAll(async () => {
  engine = await loadEngine();
});

/** One token a character, so that sums can be checked by eye. */
const characters = (text: string): number => text.length;

function extract(text: string, path = "acme/docs/api/DOC.md"): { facts: FileFacts; bytes: Buffer } {
  const bytes = Buffer.from(text, "utf8");
  const { value } = parseFile({ path, bytes, sha256: hash("sha256", bytes, "hex") }, engine);
  return { facts: extractFile(value, characters), bytes };
}

const line = fc.constantFrom(
  "# Title",
  "## Ünïcode 👩‍💻",
  "### 日本語",
  "  ## indented",
  "Setext\n---",
  "#",
  "#### Same",
  "#### Same",
  "plain text with `code()` and naïve words",
  "```js\nconst a = '𝒜'; // # not a heading\n```",
  "- item\n\n  ```py\n  x = 1\n  ```",
  "> # quoted",
  "| a | b |\n|---|---|\n| `x` | é |",
  "[link](references/a.md) and <https://example.com>",
  "",
  "    indented code",
  "/starts/with/a/slash\n===",
);
const document = fc
  .tuple(
    fc.constantFrom("", "---\nname: api\n---\n", "\uFEFF"),
    fc.array(line, { maxLength: 25 }),
    fc.constantFrom("\n", "\r\n"),
    fc.boolean(),
  )
  .map(([start, lines, eol, ends]) =>
    `${start}${lines.join("\n\n")}${ends ? "\n" : ""}`.replaceAll("\n", eol),
  );

describe("extractFile", () => {
  it("cuts the file into sections that are exactly its bytes", () => {
    fc.assert(
      fc.property(document, (text) => {
        const { facts, bytes } = extract(text);
        const { sections } = facts;
        const bodies = sections.map(({ range, bodyEnd }) =>
          bytes.subarray(range.start.offset, bodyEnd),
        );
        expect(Buffer.concat(bodies).equals(bytes.subarray(sections[0]!.range.start.offset))).toBe(
          true,
        );
        expect(new Set(sections.map(({ slug }) => slug)).size).toBe(sections.length);
        for (const { index, range, bodyEnd, children, parent, heading, blocks } of sections) {
          const whole = [index, ...descendants(facts, index)].map((at) => bodies[at]!);
          expect(
            bytes.subarray(range.start.offset, range.end.offset).equals(Buffer.concat(whole)),
          ).toBe(true);
          expect(children.map((child) => sections[child]!.parent)).toEqual(
            children.map(() => index),
          );
          expect(parent === null || sections[parent]!.children.includes(index)).toBe(true);
          expect(bytes.subarray(range.start.offset, bodyEnd).toString()).toContain(
            heading.split(" ")[0]!,
          );
          expect(blocks.filter((block) => !isLineStart(bytes, block))).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("places code and links at their bytes", () => {
    fc.assert(
      fc.property(document, (text) => {
        const { facts, bytes } = extract(text);
        for (const { value, range, section } of facts.code) {
          const slice = bytes.subarray(range.start.offset, range.end.offset).toString();
          for (const codeLine of value.split(/\r?\n/)) expect(slice).toContain(codeLine);
          expect(within(facts, section, range.start.offset)).toBe(true);
        }
        for (const { kind, range } of facts.links) {
          const slice = bytes.subarray(range.start.offset, range.end.offset).toString();
          expect(slice).toBe(
            kind === "inline" ? "[link](references/a.md)" : "<https://example.com>",
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it("describes sections, tokens and the outline", () => {
    const { facts } = extract("intro\n\n# One\n\na\n\nbb\n\n## Two\n\nc\n\n# Three\n");
    expect(facts.title).toBe("One");
    expect(facts.tokens).toBe(40);
    expect(facts.sections).toEqual([
      {
        index: 0,
        slug: "",
        heading: "",
        depth: 0,
        path: [],
        parent: null,
        children: [],
        range: range([1, 0], [3, 7]),
        bodyEnd: 7,
        tokens: 7,
        bodyTokens: 7,
        blocks: [0],
        blockTokens: [0],
      },
      {
        index: 1,
        slug: "one",
        heading: "One",
        depth: 1,
        path: ["One"],
        parent: null,
        children: [2],
        range: range([3, 7], [13, 32]),
        bodyEnd: 21,
        tokens: 25,
        bodyTokens: 14,
        blocks: [14, 17],
        blockTokens: [7, 10],
      },
      {
        index: 2,
        slug: "two",
        heading: "Two",
        depth: 2,
        path: ["One", "Two"],
        parent: 1,
        children: [],
        range: range([9, 21], [13, 32]),
        bodyEnd: 32,
        tokens: 11,
        bodyTokens: 11,
        blocks: [29],
        blockTokens: [8],
      },
      {
        index: 3,
        slug: "three",
        heading: "Three",
        depth: 1,
        path: ["Three"],
        parent: null,
        children: [],
        range: range([13, 32], [14, 40]),
        bodyEnd: 40,
        tokens: 8,
        bodyTokens: 8,
        blocks: [],
        blockTokens: [],
      },
    ]);
  });

  it("keeps the prose and the code of each section apart", () => {
    const { facts } = extract(
      "# One\n\nRead **the** `key`[^1].\n\n- a\n- b\n\n```js\nrun();\n```\n\n<!-- hidden -->\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n## Two\n\n    code\n",
    );
    expect(facts.texts).toEqual([
      { text: "", code: "" },
      { text: "Read the key[^1].\na\nb\nx y\n1 2", code: "run();" },
      { text: "", code: "code" },
    ]);
  });

  it("finds names in code, with the sections that use them", () => {
    const { facts } = extract(
      [
        "# A",
        "```bash\nnpm i -D @acme/api@2 left-pad --save-exact && pip install 'acme[async]>=1' -r dev.txt\nexport ACME_KEY=1; curl --fail $ACME_URL\n```",
        '```ts\nimport { Acme } from "@acme/api";\nconst acme = new Acme(process.env.ACME_KEY);\nawait acme.charges.create<Charge>({});\nif (x) {}\n```',
        "# B",
        "```python\nfrom acme.client import Acme\nAcme(os.environ['ACME_TOKEN']).run()\n```",
        "Call `acme.refunds.create()` with `--dry-run`, or set `ACME_MODE`.",
      ].join("\n\n"),
    );
    expect(
      facts.identifiers.map(({ name, kind, sections }) => `${kind} ${name} ${sections.join()}`),
    ).toEqual([
      "flag --dry-run 2",
      "flag --fail 1",
      "flag --save-exact 1",
      "import @acme/api 1",
      "package @acme/api 1",
      "environment ACME_KEY 1",
      "environment ACME_MODE 2",
      "environment ACME_TOKEN 2",
      "environment ACME_URL 1",
      "call Acme 1,2",
      "package acme 1",
      "import acme.client 2",
      "member create 1,2",
      "package left-pad 1",
      "member run 2",
    ]);
  });

  it("names each kind of link, and takes the target of the first definition", () => {
    const { facts } = extract(
      "[a](b.md#c) ![i](i.png) [r][x] [none][y] <https://a.example> https://b.example\n\n[x]: /first\n[x]: /second\n",
    );
    expect(facts.links.map(({ kind, target, text }) => [kind, target, text])).toEqual([
      ["inline", "b.md#c", "a"],
      ["image", "i.png", "i"],
      ["reference", "/first", "r"],
      ["autolink", "https://a.example", "https://a.example"],
      ["autolink", "https://b.example", "https://b.example"],
    ]);
  });
});

function range(start: [line: number, offset: number], end: [line: number, offset: number]) {
  const point = ([at, offset]: [number, number]) => ({ line: at, column: 1, offset });
  return { start: point(start), end: point(end) };
}

function descendants({ sections }: FileFacts, index: number): number[] {
  return sections[index]!.children.flatMap((child) => [
    child,
    ...descendants({ sections } as FileFacts, child),
  ]);
}

function within({ sections }: FileFacts, index: number, offset: number): boolean {
  return sections[index]!.range.start.offset <= offset && offset < sections[index]!.bodyEnd;
}

function isLineStart(bytes: Buffer, offset: number): boolean {
  return offset === 0 || bytes[offset - 1] === 0x0a || (offset === 3 && bytes[0] === 0xef);
}
