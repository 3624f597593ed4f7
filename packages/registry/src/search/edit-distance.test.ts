import fc from "fast-check";
import { expect, it } from "vitest";
import { editDistance, letterMask, maskDistance } from "./edit-distance.ts";

const word = fc.stringMatching(/^[a-d]{0,7}$/);

it("counts insertions, deletions, substitutions and swaps", () => {
  const pairs = [
    ["redis", "redis", 0],
    ["redis", "reddis", 1],
    ["redis", "rdis", 1],
    ["redis", "redix", 1],
    ["redis", "rdeis", 1],
    ["redis", "kafka", 5],
  ] as const;
  expect(pairs.map(([a, b]) => editDistance(a, b, 9))).toEqual(pairs.map(([, , edits]) => edits));
});

it("equals the textbook recursion", () => {
  fc.assert(
    fc.property(word, word, fc.nat(7), (a, b, limit) => {
      expect(editDistance(a, b, limit)).toBe(Math.min(recursive(a, b), limit + 1));
    }),
  );
});

it("is never above the limit when the masks rule it out", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      const edits = editDistance(a, b, 50);
      expect(maskDistance(letterMask(a), letterMask(b))).toBeLessThanOrEqual(edits * 2);
    }),
  );
});

function recursive(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const rest = [
    recursive(a.slice(1), b) + 1,
    recursive(a, b.slice(1)) + 1,
    recursive(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1),
  ];
  if (a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0]) {
    rest.push(recursive(a.slice(2), b.slice(2)) + 1);
  }
  return Math.min(...rest);
}
