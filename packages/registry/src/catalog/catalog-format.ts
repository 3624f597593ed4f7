/**
 * Layout of `index/catalog.bin`, format 1. All integers are unsigned 32-bit little-endian.
 *
 *     header        64 bytes, see `HEADER`; its last word is the checksum of the words before it
 *     record table  entries + redirects + 1 absolute offsets, ascending
 *     slot table    open-addressed hash table of {hash, absolute offset of a posting}; offset 0: free
 *     postings      {key length, key in UTF-8, count, count x (kind << 28 | ordinal)}
 *     records       JSON, one slice a record: entries sorted by id, then redirects sorted by `from`
 *     checksums     one word for each page of `PAGE_SIZE` bytes of everything above
 *
 * One look-up reads a header, a few slots, a posting, two offsets and one record, whatever the size of
 * the catalog. Every page that is read is checked, so that a flipped byte is found before it is believed.
 */
export const MAGIC = "chub-cat";
export const HEADER_SIZE = 64;
export const PAGE_SIZE = 4096;
export const SLOT_SIZE = 8;

/** Byte positions of the words in the header. */
export const HEADER = {
  format: 8,
  entries: 12,
  redirects: 16,
  slots: 20,
  recordTable: 24,
  slotTable: 28,
  postings: 32,
  records: 36,
  end: 40,
  checksum: 60,
} as const;

/** How a name leads to an entry; the position is the number in the file. */
export const NAME_KINDS = ["id", "short-name", "alias", "package", "author", "redirect"] as const;
export type NameKind = (typeof NAME_KINDS)[number];

export const KIND_SHIFT = 28;
export const MAX_ORDINAL = 2 ** KIND_SHIFT - 1;

/**
 * FNV-1a, 32 bits. As a checksum it finds every single changed byte: each step is a bijection of the state.
 * Source: http://www.isthe.com/chongo/tech/comp/fnv/
 */
export function fnv1a(bytes: Uint8Array): number {
  const { imul } = Math;
  let hash = 0x811c9dc5;
  // An index, not `for of`: this runs over every page that is read, and the iterator costs eight times as much.
  for (let at = 0; at < bytes.length; at += 1)
    hash = imul(hash ^ (bytes[at] as number), 0x01000193);
  return hash >>> 0;
}
