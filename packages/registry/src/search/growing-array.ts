/** A typed array that grows as values are pushed. */
export interface GrowingArray<T extends Uint8Array | Uint32Array> {
  readonly length: number;
  /** Valid until the next push; the first `length` values are those that were pushed. */
  readonly values: T;
  push(value: number): void;
}

export function createGrowingArray<T extends Uint8Array | Uint32Array>(
  create: new (length: number) => T,
): GrowingArray<T> {
  let values = new create(FIRST_LENGTH);
  let length = 0;
  return {
    get length() {
      return length;
    },
    get values() {
      return values;
    },
    push(value) {
      if (length === values.length) {
        const larger = new create(values.length * 2);
        larger.set(values);
        values = larger;
      }
      values[length++] = value;
    },
  };
}

const FIRST_LENGTH = 1024;
