/**
 * A sum for each term of a `TermPool`, in the order in which terms first appear.
 *
 * An array over all terms of the pool stands behind it, so one is used again and again.
 */
export class TermSums {
  #sums = new Float64Array(1024);
  #terms: number[] = [];

  /** Terms with a sum, in order of first use; valid until `clear`. */
  get terms(): readonly number[] {
    return this.#terms;
  }

  /** The sum of a term; 0 for one that has none. */
  of(term: number): number {
    return this.#sums[term] ?? 0;
  }

  /** Adds a value above 0 to the sum of a term. */
  add(term: number, value: number): void {
    if (term >= this.#sums.length) this.#grow(term);
    const sum = this.#sums[term] as number;
    if (sum === 0) this.#terms.push(term);
    this.#sums[term] = sum + value;
  }

  addAll(terms: readonly number[], value: number): void {
    for (let i = 0; i < terms.length; i++) this.add(terms[i] as number, value);
  }

  clear(): void {
    for (const term of this.#terms) this.#sums[term] = 0;
    this.#terms = [];
  }

  #grow(term: number): void {
    const larger = new Float64Array(Math.max(this.#sums.length * 2, term + 1));
    larger.set(this.#sums);
    this.#sums = larger;
  }
}
