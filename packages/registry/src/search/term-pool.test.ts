import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { termHash } from "./term-hash.ts";
import { createTermPool } from "./term-pool.ts";
import { termsOf, tokenize } from "./tokenize.ts";

const word = fc.oneof(
  fc.constantFrom(
    ..."webhook auth.verifyIdToken psycopg2 @scope/name a::b x-- https://example.com/a?b=c 1234567890 the Café 数据库".split(
      " ",
    ),
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 6 }),
);
const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(" "));

describe("a term pool", () => {
  it("gives the terms and parts that tokenizing gives, whatever it has read before", () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 6 }), fc.nat(6), (texts, clearAt) => {
        const pool = createTermPool();
        for (const [position, own] of texts.entries()) {
          if (position === clearAt) pool.clear();
          expect(pool.termsOf(own).map(pool.textOf)).toEqual(termsOf(own));
          expect(pool.partsOf(own).map(pool.textOf)).toEqual(
            tokenize(own).flatMap(({ parts }) => parts),
          );
        }
      }),
    );
  });

  it("numbers each term once and knows its hash", () => {
    const pool = createTermPool();
    const texts = Array.from({ length: 5000 }, (_, i) => `word${String(i)}x`);
    const numbers = texts.map((own) => pool.numberOf(own));
    expect(numbers).toEqual(texts.map((_, i) => i));
    expect(texts.map((own) => pool.termsOf(own))).toEqual(numbers.map((number) => [number]));
    expect(numbers.map(pool.hashOf)).toEqual(texts.map(termHash));
    expect(pool.size).toBe(5000);
  });
});
