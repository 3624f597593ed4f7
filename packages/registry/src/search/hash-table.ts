/** Numbers 32-bit hashes from 0 in the order in which they first appear. */
export class HashTable {
  #size = 0;
  #hashes = new Uint32Array(FIRST_SIZE);
  /** Number + 1 by the first bits of the hash, 0 for a free slot; at most half of them are taken. */
  #slots = new Int32Array(FIRST_SIZE * 2);

  get size(): number {
    return this.#size;
  }

  /** The number of a hash, which is `size` when it was not there before. */
  positionOf(hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const position = (this.#slots[slot] as number) - 1;
      if (this.#hashes[position] === hash) return position;
    }
    this.#slots[slot] = this.#size + 1;
    this.#hashes[this.#size] = hash;
    this.#size++;
    if (this.#size === this.#hashes.length) this.#grow();
    return this.#size - 1;
  }

  /** All hashes, ascending. */
  sortedHashes(): Uint32Array {
    return this.#hashes.slice(0, this.#size).sort();
  }

  #grow(): void {
    const larger = new Uint32Array(this.#size * 2);
    larger.set(this.#hashes);
    this.#hashes = larger;
    this.#slots = new Int32Array(this.#size * 4);
    const mask = this.#slots.length - 1;
    for (let position = 0; position < this.#size; position++) {
      let slot = (larger[position] as number) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = position + 1;
    }
  }
}

const FIRST_SIZE = 1024; // hashes, a power of two
