/**
 * Numbers words from 0 in the order in which they are added.
 *
 * Looks them up by their place in a text, without a string for each; keeps copies, so that no text stays in memory
 * for a word of it.
 */
export class WordTable {
  #size = 0;
  /** Number + 1 by hash, 0 for a free slot; at most half of them are taken. */
  #slots = new Int32Array(FIRST_SIZE * 2);
  #hashes = new Int32Array(FIRST_SIZE);
  /** Where each word ends among the letters. */
  #ends = new Uint32Array(FIRST_SIZE);
  #letters = new Uint16Array(FIRST_SIZE * 8);

  /** The number of the word at a place in a text, or -1. */
  find(text: string, start: number, end: number): number {
    const hash = hashOf(text, start, end);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const word = (this.#slots[slot] as number) - 1;
      if (word < 0) return -1;
      if (this.#hashes[word] === hash && this.#holds(word, text, { start, end })) return word;
    }
  }

  /** Adds a word that is not there, and gives its number. */
  add(text: string, start: number, end: number): number {
    const from = this.#startOf(this.#size);
    const to = from + end - start;
    if (this.#size === this.#hashes.length) this.#grow();
    if (to > this.#letters.length) {
      this.#letters = extended(this.#letters, Math.max(this.#letters.length * 2, to));
    }
    for (let at = start; at < end; at++) this.#letters[from + at - start] = text.charCodeAt(at);
    this.#hashes[this.#size] = hashOf(text, start, end);
    this.#ends[this.#size] = to;
    this.#place(this.#size);
    return this.#size++;
  }

  clear(): void {
    this.#slots.fill(0);
    this.#size = 0;
  }

  #startOf(word: number): number {
    return word === 0 ? 0 : (this.#ends[word - 1] as number);
  }

  #holds(word: number, text: string, span: { start: number; end: number }): boolean {
    const from = this.#startOf(word);
    if ((this.#ends[word] as number) - from !== span.end - span.start) return false;
    for (let at = span.start; at < span.end; at++) {
      if (this.#letters[from + at - span.start] !== text.charCodeAt(at)) return false;
    }
    return true;
  }

  #place(word: number): void {
    const mask = this.#slots.length - 1;
    let slot = (this.#hashes[word] as number) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = word + 1;
  }

  #grow(): void {
    const size = this.#hashes.length * 2;
    this.#hashes = extended(this.#hashes, size);
    this.#ends = extended(this.#ends, size);
    this.#slots = new Int32Array(size * 2);
    for (let word = 0; word < this.#size; word++) this.#place(word);
  }
}

function extended<T extends Int32Array | Uint32Array | Uint16Array>(values: T, length: number): T {
  const larger = new (values.constructor as new (length: number) => T)(length);
  larger.set(values);
  return larger;
}

/** FNV-1a over UTF-16 code units, mixed once more for the low bits, which choose the slot. */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}

const FIRST_SIZE = 1024; // words
