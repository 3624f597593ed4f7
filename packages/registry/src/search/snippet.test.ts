import fc from "fast-check";
import { expect, it } from "vitest";
import { snippet } from "./snippet.ts";

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
