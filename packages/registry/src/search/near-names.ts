import { damaged, type ByteReader } from "./byte-reader.ts";
import { letterMask, maskDistance } from "./edit-distance.ts";
import { MAX_ID_BYTES } from "./index-layout.ts";

/** The names of an index where they lie: ids front-coded, and for each the names that it does not give. */
export interface StoredNames {
  readonly bytes: Uint8Array;
  readonly ids: ByteReader;
  readonly names: ByteReader;
  readonly documents: number;
  /** Names the bytes in errors. */
  readonly what: string;
}

/** Takes what may be near, by its place: the others are never made strings. */
export interface NearVisitor {
  /** An id that may be near as a whole or in part. */
  id(ordinal: number, id: string): void;
  name(ordinal: number, name: string, weight: number): void;
}

/**
 * Visits every name that may be within `edits` of `compact`, by its length and its letters, and a few others.
 *
 * False when an id is not ASCII, whose stored form cannot be compared byte by byte; what was visited then counts for
 * nothing. Errors: ChubError INTEGRITY.
 */
export function visitNearNames(
  stored: StoredNames,
  near: { readonly compact: string; readonly edits: number },
  visitor: NearVisitor,
): boolean {
  const { bytes, names, documents } = stored;
  const isNear = nearness(near.compact, near.edits);
  const id = new Uint8Array(MAX_ID_BYTES);
  let size = 0;
  for (let ordinal = 0; ordinal < documents; ordinal++) {
    size = readIdBytes(stored, id, size);
    if (size < 0) return false;
    if (isNearId(id.subarray(0, size), isNear)) visitor.id(ordinal, textOf(id, 0, size));
    for (let left = names.varint(); left > 0; left--) {
      const end = names.varint() + names.position;
      if (end > names.end) throw damaged(stored.what);
      const start = names.position;
      names.position = end;
      const weight = names.byte();
      if (isNear(bytes, start, end)) visitor.name(ordinal, textOf(bytes, start, end), weight);
    }
  }
  return true;
}

/** Puts the next id over the one before; gives its length, or -1 when it is not ASCII. */
function readIdBytes({ bytes, ids, what }: StoredNames, id: Uint8Array, before: number): number {
  const shared = ids.varint();
  const added = ids.varint();
  const start = ids.position;
  const size = shared + added;
  if (shared > before || size > MAX_ID_BYTES || start + added > ids.end) throw damaged(what);
  ids.position = start + added;
  for (let at = 0; at < added; at++) {
    const byte = bytes[start + at] as number;
    if (byte > 0x7f) return -1;
    id[shared + at] = byte;
  }
  return size;
}

type IsNear = (bytes: Uint8Array, start: number, end: number) => boolean;

/** Whether the id, its namespace or its last part may be near. */
function isNearId(id: Uint8Array, isNear: IsNear): boolean {
  const slash = id.indexOf(SLASH);
  return (
    isNear(id, 0, id.length) ||
    isNear(id, 0, Math.max(0, slash)) ||
    isNear(id, slash + 1, id.length)
  );
}

/** A test that every name within the edits passes: strings within `d` edits differ in at most `2d` letters. */
function nearness(compact: string, edits: number): IsNear {
  const wanted = letterMask(compact);
  return (bytes, start, end) => {
    let letters = 0;
    let mask = 0;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      // Accents are removed from names, which changes their bytes: they are compared as strings.
      if (byte > 0x7f) return true;
      if (ALPHANUMERIC[byte] === 0) continue;
      letters++;
      mask |= 1 << (byte & 31); // the same bit for capitals
    }
    return Math.abs(letters - compact.length) <= edits && maskDistance(mask, wanted) <= edits * 2;
  };
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return UTF8.decode(bytes.subarray(start, end));
}

const SLASH = 0x2f;
const ALPHANUMERIC = Uint8Array.from({ length: 128 }, (_, code) =>
  /[A-Za-z0-9]/.test(String.fromCharCode(code)) ? 1 : 0,
);
const UTF8 = new TextDecoder();
