import fc from "fast-check";
import { countTokens as referenceCount } from "gpt-tokenizer/encoding/o200k_base";
import { beforeAll, describe, expect, it } from "vitest";
import { countBodies } from "./count-bodies.ts";
import { loadTokenCounter, type TokenCounter } from "./token-counter.ts";

let count: TokenCounter;
beforeAll(async () => {
  count = await loadTokenCounter();
});

const reference = (text: string): number => referenceCount(text, { disallowedSpecial: new Set() });

/** What documents are made of, and what borders in the split pattern are made of. */
const snippet = fc.constantFrom(
  ..."word Word WORD camelCase HTTPServer it's IT'LL don'T x 1 12 1234 v19.1.0 ( )) /path // ## - * ` ``` ``` _ __init__ $HOME".split(
    " ",
  ),
  " ",
  "  ",
  "\t",
  "\n",
  "\n\n",
  "\r\n",
  "\r",
  " \n ",
  "\u00a0",
  "\u2028",
  "\v",
  "\u0085",
  "é",
  "e\u0301",
  "ß",
  "Ünïcode",
  "中文",
  "日本語テキスト",
  "한국어",
  "العربية",
  "हिन्दी",
  "ǅ",
  "ʰ",
  "½",
  "٣",
  "𝒜",
  "👩‍💻",
  "\ud800",
  "ſ",
  "K",
  "<|endoftext|>",
  "<|im_start|>",
  "=".repeat(80),
  "a".repeat(70),
  "0xdeadbeef",
  "\u0000",
  "\u007f",
);
const text = fc.array(snippet, { maxLength: 40 }).map((parts) => parts.join(""));

describe("loadTokenCounter", () => {
  it("counts what gpt-tokenizer counts", () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: "binary", maxLength: 60 })), (value) => {
        // gpt-tokenizer's own decoder takes the byte order mark for one and misses the token it is.
        const plain = value.replaceAll("\uFEFF", "");
        expect(count(plain)).toBe(reference(plain));
      }),
      { numRuns: 3000 },
    );
  });

  it("counts a special token as the text it is", () => {
    expect(count("<|endoftext|>")).toBe(reference("<|endoftext|>"));
    expect(count("<|endoftext|>")).toBeGreaterThan(1);
  });

  it("takes a run of 100,000 characters that merge with each other", () => {
    expect(count("ab".repeat(2_000))).toBe(reference("ab".repeat(2_000)));
    expect(count("=".repeat(100_000))).toBe(1562);
    expect(count("\u4e2d".repeat(200_000))).toBeGreaterThan(50_000);
  });
});

describe("countBodies", () => {
  /** Sections as a document has them: a heading line of either form, then blocks, each on lines of its own. */
  const heading = fc.constantFrom(
    "# Title",
    "## a/b",
    "  ### c",
    "/path\n===",
    "//x\n---",
    "'s\n---",
    "\u00e9\n===",
  );
  const block = fc
    .oneof(
      text,
      text.map((value) => `/${value}`),
    )
    .map((value) => `${value}\n`);
  const section = fc
    .tuple(heading, fc.array(block, { maxLength: 4 }))
    .map(([line, blocks]) => [`${line}\n`, ...blocks]);
  /** Whether a section is kept, and of how many blocks. */
  const choice = fc.tuple(section, fc.boolean(), fc.nat({ max: 4 }));

  it("never says less for some sections, whole or cut, than their texts joined have", () => {
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 6 }), (choices) => {
        const counts = countBodies(
          choices.map(([blocks]) => blocks),
          count,
        );
        const kept = choices.map(([blocks, keep, blockCount], index) => {
          if (!keep) return { text: "", tokens: 0 };
          const cut = blockCount > 0 && blockCount < blocks.length ? blockCount : blocks.length;
          const tokens =
            cut === blocks.length ? counts[index]!.total : counts[index]!.before[cut - 1]!;
          return { text: blocks.slice(0, cut).join(""), tokens };
        });
        const sum = kept.reduce((total, { tokens }) => total + tokens, 0);
        expect(reference(kept.map((one) => one.text).join(""))).toBeLessThanOrEqual(sum);
      }),
      { numRuns: 3000 },
    );
  });

  it("gives the exact counts where no block starts with a slash", () => {
    const bodies = [["intro\n"], ["# One\n\n", "text\n\n", "- item\n"], ["## Two\n"]];
    expect(countBodies(bodies, count)).toEqual([
      { total: reference("intro\n"), before: [] },
      {
        total: reference("# One\n\ntext\n\n- item\n"),
        before: [reference("# One\n\n"), reference("# One\n\ntext\n\n")],
      },
      { total: reference("## Two\n"), before: [] },
    ]);
  });
});
