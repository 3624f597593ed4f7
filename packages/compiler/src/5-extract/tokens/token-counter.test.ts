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
  ..."word Word WORD camelCase HTTPServer it's IT'LL don'T x 1 12 1234 v19.1.0 ( )) /path // ## - * ` ``` ``` _ __init__ $HOME".split(" "),
  ...[" ", "  ", "\t", "\n", "\n\n", "\r\n", "\r", " \n ", "\u00a0", "\u2028", "\v", "\u0085"],
  ...["é", "e\u0301", "ß", "Ünïcode", "中文", "日本語テキスト", "한국어", "العربية", "हिन्दी", "ǅ", "ʰ", "½", "٣", "𝒜", "👩‍💻", "\ud800", "ſ", "K"],
  ...["<|endoftext|>", "<|im_start|>", "=".repeat(80), "a".repeat(70), "0xdeadbeef", "\u0000", "\u007f"],
);
const text = fc.array(snippet, { maxLength: 40 }).map((parts) => parts.join(""));

describe("loadTokenCounter", () => {
  it("counts what gpt-tokenizer counts", () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: "binary", maxLength: 60 })), (value) => {
        expect(count(value)).toBe(reference(value));
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
  });
});

describe("countBodies", () => {
  /** Sections as a document has them: a heading line of either form, then lines. */
  const section = fc
    .tuple(fc.constantFrom("# Title", "## a/b", "  ### c", "/path\n===", "//x\n---", "'s\n---", "é\n==="), text)
    .map(([heading, body]) => `${heading}\n${body}\n`);

  it("never says less for some parts together than any choice of them, joined, has", () => {
    fc.assert(
      fc.property(text, fc.array(fc.tuple(section, fc.boolean()), { maxLength: 6 }), (start, sections) => {
        const parts = [`${start}\n`, ...sections.map(([part]) => part)];
        const counts = countBodies(parts, count);
        const chosen = parts.map((part, index) => ({ part, tokens: counts[index]!, keep: sections[index - 1]?.[1] ?? true }));
        const kept = chosen.filter(({ keep }) => keep);
        const sum = kept.reduce((total, { tokens }) => total + tokens, 0);
        expect(reference(kept.map(({ part }) => part).join(""))).toBeLessThanOrEqual(sum);
      }),
      { numRuns: 2000 },
    );
  });

  it("gives the exact counts where no part starts with a slash", () => {
    const parts = ["intro\n", "# One\n\ntext\n", "## Two\n"];
    expect(countBodies(parts, count)).toEqual(parts.map(reference));
    expect(reference(parts.join(""))).toBe(parts.map(reference).reduce((a, b) => a + b, 0));
  });
});
