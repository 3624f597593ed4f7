/** Rank of a token by its bytes, each byte one character (U+0000 to U+00FF). */
export type Ranks = ReadonlyMap<string, number>;

/**
 * Number of tokens that byte-pair encoding makes of a piece: merges the pair of lowest rank, leftmost first, until none is left.
 *
 * Takes n log n steps, so that a run of 100,000 equal characters is no trap.
 */
export function countBytePairs(piece: string, ranks: Ranks): number {
  const list = new PieceList(piece, ranks);
  for (let start = 0; start + 1 < piece.length; start++) list.offer(start);
  for (let start = list.take(); start >= 0; start = list.take()) list.merge(start);
  return list.length;
}

/** Neighbouring parts of a piece, with a heap of the pairs that can be merged. */
class PieceList {
  length: number;
  readonly #piece: string;
  readonly #ranks: Ranks;
  /** Start of the part after and before the part that starts here. */
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  /** Rank of the pair that starts here, as far as it is known; pairs in the heap with another rank are stale. */
  readonly #pair: Int32Array;
  readonly #heap: number[] = [];

  constructor(piece: string, ranks: Ranks) {
    this.#piece = piece;
    this.#ranks = ranks;
    this.length = piece.length;
    this.#next = new Int32Array(piece.length + 1);
    this.#previous = new Int32Array(piece.length + 1);
    this.#pair = new Int32Array(piece.length + 1).fill(-1);
    for (let start = 0; start <= piece.length; start++) {
      this.#next[start] = start + 1;
      this.#previous[start] = start - 1;
    }
  }

  /** Puts the pair that starts at `start` into the heap if it is a token. */
  offer(start: number): void {
    const middle = this.#next[start]!;
    const rank = middle >= this.#piece.length ? undefined : this.#ranks.get(this.#piece.slice(start, this.#next[middle]));
    this.#pair[start] = rank ?? -1;
    if (rank !== undefined) push(this.#heap, rank * MAX_LENGTH + start);
  }

  /** Start of the pair to merge next, or -1. */
  take(): number {
    while (this.#heap.length > 0) {
      const key = pop(this.#heap);
      const start = key % MAX_LENGTH;
      if (this.#pair[start] === (key - start) / MAX_LENGTH) return start;
    }
    return -1;
  }

  merge(start: number): void {
    const middle = this.#next[start]!;
    const after = this.#next[middle]!;
    this.#next[start] = after;
    if (after <= this.#piece.length) this.#previous[after] = start;
    this.#pair[middle] = -1;
    this.length--;
    this.offer(start);
    const before = this.#previous[start]!;
    if (before >= 0) this.offer(before);
  }
}

function push(heap: number[], key: number): void {
  let at = heap.length;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (heap[parent]! <= key) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = key;
}

function pop(heap: number[]): number {
  const top = heap[0]!;
  const last = heap.pop()!;
  let at = 0;
  while (at * 2 + 1 < heap.length) {
    let child = at * 2 + 1;
    if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child++;
    if (heap[child]! >= last) break;
    heap[at] = heap[child]!;
    at = child;
  }
  if (heap.length > 0) heap[at] = last;
  return top;
}

// Rank and position share one number: ranks are below 2^18, so positions have 2^32 to themselves within 2^53.
const MAX_LENGTH = 2 ** 32;
