import { PRUNABLE, type PostingColumns } from "./posting-columns.ts";
import { rarity } from "./scoring.ts";

/**
 * Marks with 1 the rows that the index leaves out: of each document all terms of code and text but the
 * `bodyTerms` that tell most, by strength and rarity. Of equal ones the first in the text stays.
 */
export function markPruned(columns: PostingColumns, bodyTerms: number): Uint8Array {
  const { starts, flags } = columns;
  const pruned = new Uint8Array(columns.term.length);
  const documents = starts.length - 1;
  const value = (row: number): number =>
    (columns.strength[row] as number) *
    rarity(documents, columns.holders[columns.term[row] as number] as number);
  for (let document = 0; document < documents; document++) {
    const body: number[] = [];
    for (let row = starts[document] as number; row < (starts[document + 1] as number); row++) {
      if (((flags[row] as number) & PRUNABLE) !== 0) body.push(row);
    }
    if (body.length <= bodyTerms) continue;
    const values = Float64Array.from(body, value);
    const sorted = values.toSorted();
    const least = sorted[sorted.length - bodyTerms] as number;
    let equalToKeep = sorted.length - bodyTerms;
    while (equalToKeep < sorted.length && sorted[equalToKeep] === least) equalToKeep++;
    equalToKeep -= sorted.length - bodyTerms;
    for (const [i, row] of body.entries()) {
      const own = values[i] as number;
      if (own > least || (own === least && equalToKeep-- > 0)) continue;
      pruned[row] = 1;
    }
  }
  return pruned;
}
