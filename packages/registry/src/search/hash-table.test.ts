import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HashTable } from "./hash-table.ts";

describe("a hash table", () => {
  it("numbers hashes in the order in which they first appear", () => {
    const hash = fc.oneof(
      fc.integer({ min: 0, max: 0xffffffff }),
      fc.nat(3).map((i) => i * 4096),
    );
    fc.assert(
      fc.property(fc.array(hash, { maxLength: 3000 }), (hashes) => {
        const table = new HashTable();
        const distinct = [...new Set(hashes)];
        expect(hashes.map((own) => table.positionOf(own))).toEqual(
          hashes.map((own) => distinct.indexOf(own)),
        );
        expect([...table.sortedHashes()]).toEqual(distinct.sort((a, b) => a - b));
      }),
      { numRuns: 20 },
    );
  });
});
