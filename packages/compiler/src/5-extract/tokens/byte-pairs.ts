import { spanHash, type SpanTable } from "./span-table.ts";

/**
 * Counts the tokens that byte-pair encoding makes of a piece: merges the pair of lowest rank, leftmost first, until none is left.
 *
 * Takes n log n steps, so that a run of 100,000 equal characters is no trap. Its working memory is used again from piece to piece.
 */
export class BytePairCounter {
  readonly #ranks: SpanTable;
  #piece: Uint16Array = new Uint16Array(0);
  #length = 0;
  /** Start of the part after and before the part that starts here. */
  #next = new Int32Array(256);
  #previous = new Int32Array(256);
  /** Rank of the pair that starts here; pairs in the heap with another rank are stale. */
  #pair = new Int32Array(256);
  /** Pairs that can be merged, lowest rank first, then leftmost: rank and position in one number. */
  readonly #heap: number[] = [];

  /** `ranks`: rank of each token by its bytes. */
  constructor(ranks: SpanTable) {
    this.#ranks = ranks;
  }

  /** Tokens of `bytes[0..length]`. */
  count(bytes: Uint16Array, length: number): number {
    this.#start(bytes, length);
    for (let start = 0; start + 1 < length; start++) this.#offer(start);
    let count = length;
    for (let start = this.#take(); start >= 0; start = this.#take()) {
      this.#merge(start);
      count--;
    }
    return count;
  }

  #start(bytes: Uint16Array, length: number): void {
    this.#piece = bytes;
    this.#length = length;
    if (this.#next.length <= length) {
      this.#next = new Int32Array(length * 2);
      this.#previous = new Int32Array(length * 2);
      this.#pair = new Int32Array(length * 2);
    }
    for (let start = 0; start <= length; start++) {
      this.#next[start] = start + 1;
      this.#previous[start] = start - 1;
      this.#pair[start] = -1;
    }
  }

  /** Puts the pair that starts at `start` into the heap if it is a token. */
  #offer(start: number): void {
    const middle = this.#next[start]!;
    const end = middle >= this.#length ? 0 : this.#next[middle]!;
    const rank =
      end === 0 ? -1 : this.#ranks.find(this.#piece, start, end, spanHash(this.#piece, start, end));
    this.#pair[start] = rank;
    if (rank >= 0) push(this.#heap, rank * POSITIONS + start);
  }

  /** Start of the pair to merge next, or -1. */
  #take(): number {
    while (this.#heap.length > 0) {
      const key = pop(this.#heap);
      const start = key % POSITIONS;
      if (this.#pair[start] === (key - start) / POSITIONS) return start;
    }
    return -1;
  }

  #merge(start: number): void {
    const middle = this.#next[start]!;
    const after = this.#next[middle]!;
    this.#next[start] = after;
    this.#previous[after] = start;
    this.#pair[middle] = -1;
    this.#offer(start);
    const before = this.#previous[start]!;
    if (before >= 0) this.#offer(before);
  }
}

function push(heap: number[], key: number): void {
  let at = heap.length;
  heap.push(key);
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

// Ranks are below 2^18, so that positions have 2^32 to themselves within the 2^53 of a number.
const POSITIONS = 2 ** 32;
