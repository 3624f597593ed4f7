import fc from "fast-check";
import { expect, test } from "vitest";
import { buildSearchIndex } from "./build-search-index.ts";
import { nearNames } from "./fuzzy-names.ts";
import { openSearchIndex } from "./search-index.ts";
import type { SearchDocument } from "./search-types.ts";

const EVERYTHING = 1_000_000; // edits

test("names found where they lie are those found among all of them", () => {
  fc.assert(
    fc.property(documents(), name(), fc.integer({ min: 0, max: 2 }), (entries, near, extra) => {
      const { search } = buildSearchIndex(entries);
      const index = openSearchIndex(search);
      const all = { ...index, names: () => openSearchIndex(search).names(near, EVERYTHING) };
      const expected = nearNames(all, near, extra);
      expect(nearNames(index, near, extra)).toEqual(expected);
      // The second time they are kept.
      expect(nearNames(index, near, extra)).toEqual(expected);
    }),
  );
});

test("gives every name when that many errors are allowed, in the order of the entries", () => {
  const entries = [document("acme/pay", ["Zürich-Pay"]), document("zeta/zeta", [])];
  const index = openSearchIndex(buildSearchIndex(entries).search);
  expect(index.names("pay", EVERYTHING)).toEqual([
    { ordinal: 0, name: "acme/pay", compact: "acmepay", weight: 1 },
    { ordinal: 0, name: "acme", compact: "acme", weight: 0.9 },
    { ordinal: 0, name: "pay", compact: "pay", weight: 0.8 },
    { ordinal: 0, name: "zürich-pay", compact: "zurichpay", weight: 0.9 },
    { ordinal: 1, name: "zeta/zeta", compact: "zetazeta", weight: 1 },
    { ordinal: 1, name: "zeta", compact: "zeta", weight: 0.9 },
  ]);
});

function documents(): fc.Arbitrary<SearchDocument[]> {
  const id = fc.tuple(name(), name()).map(([author, entry]) => `${author}/${entry}`);
  const alias = fc.oneof(name(), fc.constantFrom("Zürich", "a-B.c", "日本"));
  return fc
    .uniqueArray(fc.tuple(id, fc.array(alias, { maxLength: 3 })), {
      minLength: 1,
      maxLength: 40,
      selector: ([own]) => own,
    })
    .map((entries) =>
      entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([own, aliases]) => document(own, aliases)),
    );
}

/** Few letters, so that many are near to each other. */
function name(): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom("a", "b", "c", "1"), minLength: 1, maxLength: 9 });
}

function document(id: string, aliases: readonly string[]): SearchDocument {
  return {
    id,
    type: "doc",
    name: id,
    description: "",
    tier: "community",
    tags: [],
    aliases,
    languages: [],
    packages: [],
    files: [],
  };
}
