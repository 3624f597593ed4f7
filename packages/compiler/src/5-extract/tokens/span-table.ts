/**
 * A hash table from short runs of code units to numbers of 0 and more, without a string per look-up.
 *
 * Keys are copied in, so that no document is kept alive by a part of it.
 */
export class SpanTable {
  size = 0;
  #pool: Uint16Array;
  #used = 0;
  /** Entry number + 1 by hash, 0 for a free slot; at most half of them are taken. */
  #slots: Int32Array;
  #ends: Int32Array;
  #hashes: Int32Array;
  #values: Int32Array;

  constructor(capacity: number) {
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(capacity * 2)));
    this.#ends = new Int32Array(capacity);
    this.#hashes = new Int32Array(capacity);
    this.#values = new Int32Array(capacity);
    this.#pool = new Uint16Array(capacity * 8);
  }

  /** Whether another key needs `clear` first. */
  get full(): boolean {
    return this.size === this.#values.length;
  }

  /** The value of `units[start..end]`, or -1. `hash` is theirs, see `spanHash`. */
  find(units: Uint16Array, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot]! - 1;
      if (entry < 0) return -1;
      if (this.#hashes[entry] === hash && this.#holds(entry, units, start, end))
        return this.#values[entry]!;
    }
  }

  /** Adds a key that is not there. */
  add(units: Uint16Array, start: number, end: number, value: number): void {
    const length = end - start;
    if (this.#used + length > this.#pool.length) this.#grow(length);
    this.#pool.set(units.subarray(start, end), this.#used);
    this.#used += length;
    const hash = spanHash(units, start, end);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#ends[this.size] = this.#used;
    this.#hashes[this.size] = hash;
    this.#values[this.size] = value;
    this.size++;
    this.#slots[slot] = this.size;
  }

  clear(): void {
    this.#slots.fill(0);
    this.size = 0;
    this.#used = 0;
  }

  #holds(entry: number, units: Uint16Array, start: number, end: number): boolean {
    const from = entry === 0 ? 0 : this.#ends[entry - 1]!;
    if (this.#ends[entry]! - from !== end - start) return false;
    for (let at = start; at < end; at++)
      if (this.#pool[from + at - start] !== units[at]) return false;
    return true;
  }

  #grow(by: number): void {
    const pool = new Uint16Array(Math.max(this.#pool.length * 2, this.#used + by));
    pool.set(this.#pool.subarray(0, this.#used));
    this.#pool = pool;
  }
}

/** Hash of a run of code units (FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/), mixed once more for the low bits. */
export function spanHash(units: Uint16Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ units[at]!, 0x01000193);
  return hash ^ (hash >>> 15);
}
