import { termHash } from "./term-hash.ts";

/**
 * A large index as many small files, so that a reader on the network fetches what a query needs.
 *
 * `index/search.bin` is then a root: header (uint32 each, see `ROOT`), digests of the directory pages (16 bytes
 * each), large lists (hash, digest). A directory page holds the digests of `OBJECTS_PER_PAGE` objects. Objects are
 * numbered: term shards, then name buckets, then pages of ids. Every page, object and large list is a file named
 * after the first 16 bytes of its sha256: it never changes, and a reader can tell whether it is the right one.
 */
export const ROOT_MAGIC = 0x52_42_48_43; // "CHBR"
export const ROOT_FORMAT = 1;
export const ROOT = {
  magic: 0,
  format: 1,
  checksum: 2,
  tokenizer: 3,
  documents: 4,
  termShards: 5,
  nameBuckets: 6,
  largeLists: 7,
} as const;
export const ROOT_WORDS = 8;

export const DIGEST_BYTES = 16;
export const OBJECTS_PER_PAGE = 32;
export const IDS_PER_PAGE = 64;
/** Bytes of a list above which it is a file of its own: nobody else should have to fetch it. */
export const LARGE_LIST_BYTES = 8192;

/** Whether the bytes of `index/search.bin` are the root of a sharded index. */
export function isShardedIndex(bytes: Uint8Array): boolean {
  return (
    bytes.length >= 4 &&
    new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === ROOT_MAGIC
  );
}

/** Artifact path of an object. */
export function objectPath(digest: string): string {
  return `index/shards/${digest.slice(0, 2)}/${digest}.bin`;
}

/** Number of the shard of a term. */
export function shardOf(hash: number, termShards: number): number {
  return Math.floor((hash / 2 ** 32) * termShards);
}

/** Buckets of a compact name or word: one by its start, one by its end, so that one typing error leaves one of them. */
export function bucketsOf(compact: string, nameBuckets: number): readonly number[] {
  const start = termHash(`<${compact.slice(0, KEY_LETTERS)}`) % nameBuckets;
  const end = termHash(`>${compact.slice(-KEY_LETTERS)}`) % nameBuckets;
  return start === end ? [start] : [start, end];
}

/** How many term shards, of about 2 KB each, and name buckets an index of this size has. */
export function shardCounts(documents: number): { termShards: number; nameBuckets: number } {
  const power = Math.round(Math.log2(Math.max(1, documents / DOCUMENTS_PER_SHARD)));
  return { termShards: 2 ** power, nameBuckets: 2 ** Math.max(0, power - 4) };
}

const KEY_LETTERS = 3;
const DOCUMENTS_PER_SHARD = 1.5;
