import { byCodeUnit } from "@chub/registry";

/**
 * The candidate nearest to a misspelt word, or null when none is near.
 *
 * Near: at most one edit per three characters, by Damerau-Levenshtein distance (optimal string alignment). Case and
 * the separators `-`, `_` and space do not count.
 */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const plain = fold(word);
  const most = Math.max(1, Math.floor(plain.length / 3));
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(plain, fold(candidate)) }))
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance || byCodeUnit(a.candidate, b.candidate));
  return ranked[0]?.candidate ?? null;
}

/** Source: optimal string alignment, https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let best = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (same ? 0 : 1),
      );
      const swapped =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) best = Math.min(best, at(before, column - 2) + 1);
      current.push(best);
    }
    before = previous;
    previous = current;
  }
  return at(previous, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}

function fold(word: string): string {
  return word.toLowerCase().replace(/[-_ ]/g, "");
}
