/**
 * A sketch of a text: the smallest hashes of its lines. Texts that share most lines share most of their sketch.
 *
 * Source: bottom-k sketch, https://en.wikipedia.org/wiki/MinHash. Lines with fewer than 24 characters say nothing.
 */
export function textSketch(text: string): readonly number[] {
  const smallest: number[] = [];
  let largest = Number.POSITIVE_INFINITY;
  for (let start = 0; start < text.length;) {
    const next = text.indexOf("\n", start);
    const end = next === -1 ? text.length : next;
    if (end - start >= SHORTEST_LINE) {
      const hash = hashOf(text, start, Math.min(end, start + LONGEST_PREFIX));
      if (hash < largest && !smallest.includes(hash)) {
        smallest.push(hash);
        smallest.sort((a, b) => a - b);
        if (smallest.length > SKETCH_SIZE) smallest.pop();
        if (smallest.length === SKETCH_SIZE) largest = smallest[SKETCH_SIZE - 1] ?? largest;
      }
    }
    start = end + 1;
  }
  return smallest;
}

/** How much of two texts is the same, from 0 to 1, by their sketches. */
export function similarity(a: readonly number[], b: readonly number[]): number {
  const inA = new Set(a);
  const union = [...new Set([...a, ...b])].sort((x, y) => x - y).slice(0, SKETCH_SIZE);
  const both = new Set(b);
  return union.length === 0
    ? 0
    : union.filter((hash) => inA.has(hash) && both.has(hash)).length / union.length;
}

/** FNV-1a over UTF-16 code units, 32 bits. */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

const SHORTEST_LINE = 24;
/** The start of a line tells it from others. */
const LONGEST_PREFIX = 64;
const SKETCH_SIZE = 32;
