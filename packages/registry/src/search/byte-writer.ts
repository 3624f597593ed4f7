/** Collects little-endian numbers and text; grows as needed. */
export interface ByteWriter {
  /** Bytes written. */
  readonly length: number;
  byte(value: number): void;
  uint32(value: number): void;
  /** Seven bits a byte, lowest first, the high bit says that more follow. 0 to 2^32 - 1. */
  varint(value: number): void;
  bytes(value: Uint8Array): void;
  /** Length in bytes as a varint, then UTF-8. */
  text(value: string): void;
  /** Zeros up to a multiple of four bytes. */
  align(): void;
  /** A copy of what was written. */
  finish(): Uint8Array;
  /** What was written, valid until the next call. */
  view(): Uint8Array;
  /** Forgets what was written and keeps the memory. */
  clear(): void;
}

export function createByteWriter(firstSize = FIRST_SIZE): ByteWriter {
  let buffer = new Uint8Array(firstSize);
  let length = 0;
  const reserve = (more: number): void => {
    if (length + more <= buffer.length) return;
    const larger = new Uint8Array(Math.max(buffer.length * 2, length + more));
    larger.set(buffer.subarray(0, length));
    buffer = larger;
  };
  const writer: ByteWriter = {
    get length() {
      return length;
    },
    byte(value) {
      reserve(1);
      buffer[length++] = value;
    },
    uint32(value) {
      reserve(4);
      for (let shift = 0; shift < 32; shift += 8) buffer[length++] = (value >>> shift) & 0xff;
    },
    varint(value) {
      reserve(5);
      let rest = value;
      for (; rest > 0x7f; rest >>>= 7) buffer[length++] = (rest & 0x7f) | 0x80;
      buffer[length++] = rest;
    },
    bytes(value) {
      reserve(value.length);
      buffer.set(value, length);
      length += value.length;
    },
    text(value) {
      const encoded = UTF8.encode(value);
      writer.varint(encoded.length);
      writer.bytes(encoded);
    },
    align() {
      while (length % 4 !== 0) writer.byte(0);
    },
    finish: () => buffer.slice(0, length),
    view: () => buffer.subarray(0, length),
    clear() {
      length = 0;
    },
  };
  return writer;
}

const FIRST_SIZE = 1024; // bytes
const UTF8 = new TextEncoder();
