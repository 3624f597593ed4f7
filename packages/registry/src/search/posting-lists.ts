import { createByteReader, damaged } from "./byte-reader.ts";
import { HEADER, LIST_BITMAP, LIST_COUNTED, LIST_FORMS, LISTS_PER_BLOCK } from "./index-layout.ts";
import { STRENGTH_STEPS } from "./scoring.ts";

/** `strength` is 1 to `STRENGTH_STEPS`; `idTerms` is 0 when the term is not in the id. */
export type PostingVisitor = (ordinal: number, strength: number, idTerms: number) => void;

/** Where the parts of an index lie. */
export interface Layout {
  readonly header: Uint32Array;
  readonly hashes: Uint32Array;
  readonly blocks: Uint32Array;
  readonly idBlocks: Uint32Array;
}

interface EncodedList {
  /** Bytes of the postings. */
  readonly start: number;
  readonly end: number;
  /** Documents with the term, when some of them were pruned. */
  readonly holders: number | null;
  /** Whether a bit for each document follows. */
  readonly bitmap: boolean;
}

/** The list of a term, or null when no document holds it. Errors: ChubError INTEGRITY. */
export function locateList(bytes: Uint8Array, layout: Layout, hash: number): EncodedList | null {
  const { hashes, blocks, header } = layout;
  let low = 0;
  let high = hashes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((hashes[middle] as number) < hash) low = middle + 1;
    else high = middle;
  }
  if (hashes[low] !== hash) return null;
  const lists = header[HEADER.lists] as number;
  const end = header[HEADER.idBlocks] as number;
  const start = lists + (blocks[Math.floor(low / LISTS_PER_BLOCK)] as number);
  const reader = createByteReader(bytes, { start, end, what: WHAT });
  for (let skip = low % LISTS_PER_BLOCK; ; skip--) {
    const length = reader.varint();
    const listEnd = reader.position + Math.floor(length / LIST_FORMS);
    if (listEnd > end) throw damaged(WHAT);
    if (skip === 0) {
      const holders = (length & LIST_COUNTED) === 0 ? null : reader.varint();
      const bitmap = (length & LIST_BITMAP) !== 0;
      return { start: reader.position, end: listEnd, holders, bitmap };
    }
    reader.position = listEnd;
  }
}

/** Documents in a list, pruned ones too. Errors: ChubError INTEGRITY. */
export function countDocuments(bytes: Uint8Array, list: EncodedList, documents: number): number {
  if (list.holders !== null) return Math.min(list.holders, documents);
  let count = 0;
  visitList(bytes, list, { documents, visitor: () => count++ });
  return count;
}

/** Visits the documents of a list, ascending. Errors: ChubError INTEGRITY. */
export function visitList(
  bytes: Uint8Array,
  list: EncodedList,
  to: { readonly documents: number; readonly visitor: PostingVisitor },
): void {
  if (list.bitmap) visitBits(bytes, list, to);
  else visitPostings(bytes, list, to);
}

function visitBits(
  bytes: Uint8Array,
  { start, end }: EncodedList,
  { documents, visitor }: { readonly documents: number; readonly visitor: PostingVisitor },
): void {
  if (end - start !== Math.ceil(documents / 8)) throw damaged(WHAT);
  for (let ordinal = 0; ordinal < documents; ordinal++) {
    const bit = (bytes[start + (ordinal >> 3)] as number) & (1 << (ordinal & 7));
    if (bit !== 0) visitor(ordinal, STRENGTH_STEPS, 0);
  }
}

/** The inner loop of every search: reads the bytes itself, since a call for each number would take most of the time. */
function visitPostings(
  bytes: Uint8Array,
  range: EncodedList,
  to: { readonly documents: number; readonly visitor: PostingVisitor },
): void {
  const { end } = range;
  let position = range.start;
  let ordinal = 0;
  while (position < end) {
    let byte = bytes[position++] as number;
    let value = byte & 0x7f;
    for (let shift = 7; byte > 0x7f && shift < 28; shift += 7) {
      byte = bytes[position++] as number;
      value |= (byte & 0x7f) << shift;
    }
    ordinal += value >>> 1;
    const strength = bytes[position++] as number;
    const idTerms = (value & 1) === 0 ? 0 : (bytes[position++] as number);
    if (position > end || ordinal >= to.documents) throw damaged(WHAT);
    to.visitor(ordinal, strength, idTerms);
  }
}

const WHAT = "the search index";
