import fc from "fast-check";
import { expect, it } from "vitest";
import { snippet } from "./snippet.ts";
import { termsOf } from "./tokenize.ts";

const filler = "Other words stand here to fill the line. ".repeat(12);

it("shows the words of the query with a few before them", () => {
  const text = `${filler}Call stripe.webhooks.constructEvent to verify the signature. ${filler}`;
  expect(snippet(text, "verify signature")).toMatch(
    /^… Call stripe\.webhooks\.constructEvent to verify the signature\. Other words .* …$/,
  );
});

it("is the start of the text when nothing matches", () => {
  expect(snippet("One short line.\n\nAnd another.", "webhook")).toBe(
    "One short line. And another.",
  );
  expect(snippet("", "webhook")).toBe("");
});

it("is one line of bounded length", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 2000 }), fc.string(), (text, query) => {
      const line = snippet(text, query);
      expect(line.length).toBeLessThanOrEqual(204);
      expect(line).not.toMatch(/[\n\r\t]/);
    }),
  );
});

const lead = "zz ".repeat(100);

it("finds every word that has a term of the query, however its stem is made", () => {
  const letters = fc.stringMatching(/^[a-z]{1,6}$/);
  const endings = fc.constantFrom(
    ..."ational ization ated bling izing ability iveness ly ies ied ying ed ing ency ably ously ivity logy y e s".split(
      " ",
    ),
  );
  const word = fc.tuple(letters, endings).map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.oneof(word, fc.constantFrom("dying", "lying", "tying", "skies")), (spelt) => {
      fc.pre(termsOf(spelt).length > 0 && !spelt.startsWith("zz"));
      expect(snippet(`${lead}${spelt} end`, spelt)).toBe(`… zz zz zz ${spelt} end`);
    }),
  );
});

it.each([
  ["verifyIdToken", "(auth.verifyIdToken)"],
  ["id token", "auth.verifyIdToken,"],
  ["authverify", "`auth.verify()`"],
  ["auth_verify", "AUTH_VERIFY"],
  ["http server", "HTTPServer"],
  ["cafe", "Café"],
  ["名前", "の名前は"],
  ["die", "dying"],
])("finds %s in %s", (query, word) => {
  expect(snippet(`${lead}${word} end`, query)).toBe(`… zz zz zz ${word} end`);
});
