import { hash } from "node:crypto";

/**
 * Bytes of `index/search.bin`, little endian:
 *
 *   header | hashes | blocks | lists | id blocks | ids | names
 *
 * hashes: uint32 for each term, ascending. blocks: uint32 for each `LISTS_PER_BLOCK` terms, offset of the first
 * list in lists. lists: for each term its length in bytes times `LIST_FORMS` plus its form (`LIST_COUNTED`: it starts
 * with the number of all documents, pruned ones included; `LIST_BITMAP`: then a bit for each document follows), else
 * for each document the distance to the one before times two, plus one when the term stands in its id, the strength
 * in a byte, and for a term of the id the number of terms in the id in
 * another. ids: front-coded in blocks. names: for each document those that its id does not give.
 */
export const SEARCH_MAGIC = 0x53_42_48_43; // "CHBS"
export const SEARCH_FORMAT = 2;
export const LIST_COUNTED = 1;
export const LIST_BITMAP = 2;
export const LIST_FORMS = 4;
export const LISTS_PER_BLOCK = 16;
export const IDS_PER_BLOCK = 16;
/** Longest id in bytes. */
export const MAX_ID_BYTES = 256;
/** Entries of one index; larger catalogues are several indexes. */
export const MAX_DOCUMENTS = 1_000_000;

/** Fields of the header, one uint32 each, in this order. The checksum covers all bytes after it. */
export const HEADER = {
  magic: 0,
  format: 1,
  totalBytes: 2,
  checksum: 3,
  tokenizer: 4,
  documents: 5,
  terms: 6,
  hashes: 7,
  blocks: 8,
  lists: 9,
  idBlocks: 10,
  ids: 11,
  names: 12,
  end: 13,
  storedIds: 14,
} as const;
export const HEADER_WORDS = 16;

/**
 * First 32 bits of the sha256 of everything after the field of the checksum: a change passes with a chance of 1 in 2^32.
 *
 * The native function reads the index of 1,500 entries in 2 ms; a loop of this language, in a process that has just
 * started and runs it unoptimised, takes several times as long.
 */
export function indexChecksum(bytes: Uint8Array): number {
  const digest = hash("sha256", bytes.subarray((HEADER.checksum + 1) * 4), "buffer");
  return digest.readUInt32LE(0);
}

/** `count` words from a byte offset: a view where the machine and the alignment allow it, else a copy. */
export function littleEndianWords(bytes: Uint8Array, offset: number, count: number): Uint32Array {
  const start = bytes.byteOffset + offset;
  if (LITTLE_ENDIAN && start % 4 === 0) return new Uint32Array(bytes.buffer, start, count);
  const view = new DataView(bytes.buffer, start, count * 4);
  return Uint32Array.from({ length: count }, (_, i) => view.getUint32(i * 4, true));
}

const LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
