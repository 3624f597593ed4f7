import { ChubError } from "../chub-error.ts";

/** Reads numbers and text from untrusted bytes; never past the end. Errors: ChubError INTEGRITY. */
export interface ByteReader {
  position: number;
  readonly end: number;
  byte(): number;
  uint32(): number;
  /** At most 2^32 - 1. */
  varint(): number;
  text(): string;
}

/** A stretch of bytes; `what` names them in errors. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
  readonly what: string;
  /** Whether most of it is text that will be read: then it is decoded in one go. Default false. */
  readonly textual?: boolean;
}

/** A reader of `bytes` between two offsets. */
export function createByteReader(bytes: Uint8Array, range: ByteRange): ByteReader {
  const { start, end, what, textual = false } = range;
  if (start < 0 || start > end || end > bytes.length) throw damaged(what);
  const characters = textual
    ? Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1")
    : null;
  const reader: ByteReader = {
    position: start,
    end,
    byte() {
      if (reader.position >= end) throw damaged(what);
      return bytes[reader.position++] as number;
    },
    uint32() {
      if (reader.position + 4 > end) throw damaged(what);
      let value = 0;
      for (let shift = 0; shift < 32; shift += 8) value |= reader.byte() << shift;
      return value >>> 0;
    },
    varint() {
      const first = bytes[reader.position] as number;
      if (first < 0x80 && reader.position < end) {
        reader.position++;
        return first;
      }
      let value = 0;
      for (let shift = 0; shift < 35; shift += 7) {
        const byte = reader.byte();
        value += (byte & 0x7f) * 2 ** shift;
        if (byte < 0x80) {
          if (value > 0xffffffff) break;
          return value;
        }
      }
      throw damaged(what);
    },
    text() {
      const length = reader.varint();
      if (length > end - reader.position) throw damaged(what);
      const from = reader.position;
      reader.position += length;
      const text = characters?.slice(from - start, reader.position - start);
      if (text !== undefined && !NON_ASCII.test(text)) return text;
      return UTF8.decode(bytes.subarray(from, reader.position));
    },
  };
  return reader;
}

/** The error of bytes that are not what an index must be. */
export function damaged(what: string): ChubError {
  return new ChubError("INTEGRITY", `Unexpected bytes in ${what}, expected a complete index`, {
    hint: "Run `chub update`, or build the artifact again with `chubc build`",
  });
}

// eslint-disable-next-line no-control-regex -- the range is the point
const NON_ASCII = /[^\0-\x7f]/;
const UTF8 = new TextDecoder();
