/**
 * Edits between two strings: insertions, deletions, substitutions and swaps of neighbours; `limit` + 1 when there are more.
 *
 * Source: optimal string alignment distance, https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  let beforeLast = last.slice();
  let current = last.slice();
  for (let row = 1; row <= a.length; row++) {
    current[0] = row;
    let best = row;
    for (let column = 1; column <= b.length; column++) {
      const same = a.charCodeAt(row - 1) === b.charCodeAt(column - 1);
      let edits = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      );
      const swapped =
        row > 1 &&
        column > 1 &&
        a.charCodeAt(row - 1) === b.charCodeAt(column - 2) &&
        a.charCodeAt(row - 2) === b.charCodeAt(column - 1);
      if (swapped) edits = Math.min(edits, at(beforeLast, column - 2) + 1);
      current[column] = edits;
      best = Math.min(best, edits);
    }
    if (best > limit) return limit + 1;
    // Three rows take turns: a search compares some hundred names.
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  return Math.min(at(last, b.length), limit + 1);
}

/** One bit for each letter or digit that occurs: strings within `d` edits differ in at most `2d` bits. */
export function letterMask(text: string): number {
  let mask = 0;
  for (let i = 0; i < text.length; i++) mask |= 1 << (text.charCodeAt(i) & 31);
  return mask;
}

/** Bits in which two masks differ. */
export function maskDistance(a: number, b: number): number {
  let bits = a ^ b;
  bits -= (bits >>> 1) & 0x55555555;
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function at(row: readonly number[], column: number): number {
  return row[column] as number;
}
