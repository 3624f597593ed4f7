import { expect, it } from "vitest";
import { parseQuery } from "./parse-query.ts";

it("reads words, phrases and names", () => {
  expect(parseQuery("Verify webhook signature in Node")).toEqual({
    text: "verify webhook signature in node",
    words: [
      {
        surface: "verify",
        terms: [{ term: "verifi", form: "part" }],
        count: 1,
        language: null,
        plain: true,
      },
      {
        surface: "webhook",
        terms: [{ term: "webhook", form: "part" }],
        count: 1,
        language: null,
        plain: true,
      },
      {
        surface: "signature",
        terms: [{ term: "signatur", form: "part" }],
        count: 1,
        language: null,
        plain: true,
      },
      {
        surface: "node",
        terms: [{ term: "node", form: "part" }],
        count: 1,
        language: "javascript",
        plain: true,
      },
    ],
    phrases: ["verifi webhook", "webhook signatur", "signatur node"],
    required: [],
    compact: "verifywebhooksignatureinnode",
  });
});

it("requires the words of quoted phrases, not of a quoted word in a message", () => {
  const required = (query: string): readonly string[] => parseQuery(query).required;
  expect(required('"verify signature" stripe')).toEqual(["verifi", "signatur"]);
  expect(required('"constructEvent" stripe')).toEqual(["construct", "event", "constructev"]);
  expect(required('"redis"')).toEqual(["redi"]);
  expect(required('stubs not installed for "yaml"')).toEqual([]);
  expect(required('an unclosed "quote')).toEqual([]);
});

it("counts repeated words once, with their number", () => {
  expect(
    parseQuery("process the process").words.map(({ surface, count }) => [surface, count]),
  ).toEqual([["process", 2]]);
});

it("keeps stop words when there is nothing else", () => {
  expect(parseQuery("when").words.map(({ surface }) => surface)).toEqual(["when"]);
  expect(parseQuery("  ").words).toEqual([]);
});
