import type { CutPoint } from "./document-structure.ts";

/** A stretch of text that is kept whole, left out, or cut at one of its points. */
export interface BudgetUnit {
  /** Upper bound. */
  readonly tokens: number;
  /** Ascending. */
  readonly cuts: readonly CutPoint[];
}

export interface KeptUnit {
  /** Position in the units. */
  readonly index: number;
  /** Where it ends when it was cut. */
  readonly cut?: CutPoint;
}

/**
 * Units that fit into `maxTokens` together, taken in the given order; the answer is in document order.
 *
 * Units are kept whole. One that could never fit, because it is larger than the whole budget, is cut at
 * its last point that fits; that happens to one unit at most. The sum of tokens never exceeds the budget.
 */
export function fitBudget(
  units: readonly BudgetUnit[],
  maxTokens: number,
  order: readonly number[],
): readonly KeptUnit[] {
  const kept: KeptUnit[] = [];
  let left = maxTokens;
  let mayCut = true;
  for (const index of order) {
    const unit = units[index];
    if (unit === undefined) continue;
    if (unit.tokens <= left) {
      kept.push({ index });
      left -= unit.tokens;
    } else if (mayCut && unit.tokens > maxTokens) {
      const room = left;
      const cut = unit.cuts.findLast(({ tokens }) => tokens <= room);
      if (cut === undefined) continue;
      kept.push({ index, cut });
      left -= cut.tokens;
      mayCut = false;
    }
  }
  return kept.sort((a, b) => a.index - b.index);
}

/** Order of relevance: units with a score, best first; document order when none has one. */
export function relevanceOrder(scores: readonly number[]): readonly number[] {
  const indexes = scores.map((_, index) => index);
  const relevant = indexes.filter((index) => (scores[index] ?? 0) > 0);
  if (relevant.length === 0) return indexes;
  return relevant.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
}
