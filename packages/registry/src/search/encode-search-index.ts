import { createByteWriter, type ByteWriter } from "./byte-writer.ts";
import type { EntryName } from "./entry-names.ts";
import {
  HEADER,
  HEADER_WORDS,
  IDS_PER_BLOCK,
  LIST_BITMAP,
  LIST_COUNTED,
  LIST_FORMS,
  indexChecksum,
  LISTS_PER_BLOCK,
  SEARCH_FORMAT,
  SEARCH_MAGIC,
} from "./index-layout.ts";
import type { Posting, TermList, TermLists } from "./posting-table.ts";
import { STRENGTH_STEPS } from "./scoring.ts";
import { TOKENIZER_VERSION } from "./tokenize.ts";

export interface IndexContent {
  readonly lists: TermLists;
  /** Entries that the ordinals count. */
  readonly documents: number;
  /** Of all documents, or none in a shard. */
  readonly ids: readonly string[];
  /** Of each id, those that it does not give. */
  readonly names: readonly (readonly EntryName[])[];
}

/** The bytes of a search index or of a shard of one. */
export function encodeSearchIndex({ lists, documents, ids, names }: IndexContent): Uint8Array {
  const writer = createByteWriter();
  const header = new Uint32Array(HEADER_WORDS);
  for (let i = 0; i < HEADER_WORDS; i++) writer.uint32(0);
  const start = (field: keyof typeof HEADER): void => {
    writer.align();
    header[HEADER[field]] = writer.length;
  };
  const encoded = encodeLists(lists, documents);
  start("hashes");
  for (const hash of encoded.hashes) writer.uint32(hash);
  start("blocks");
  for (const offset of encoded.blocks) writer.uint32(offset);
  start("lists");
  writer.bytes(encoded.bytes);
  const idTable = encodeIds(ids, IDS_PER_BLOCK);
  start("idBlocks");
  for (const offset of idTable.blocks) writer.uint32(offset);
  start("ids");
  writer.bytes(idTable.bytes);
  start("names");
  writer.bytes(encodeNames(names));
  start("end");
  header[HEADER.magic] = SEARCH_MAGIC;
  header[HEADER.format] = SEARCH_FORMAT;
  header[HEADER.tokenizer] = TOKENIZER_VERSION;
  header[HEADER.documents] = documents;
  header[HEADER.storedIds] = ids.length;
  header[HEADER.terms] = encoded.hashes.length;
  return seal(writer.finish(), header);
}

function encodeLists(lists: TermLists, documents: number) {
  const writer = createByteWriter();
  const body = createByteWriter();
  const hashes: number[] = [];
  const blocks: number[] = [];
  lists.forEachTerm((list) => {
    if (hashes.length % LISTS_PER_BLOCK === 0) blocks.push(writer.length);
    hashes.push(list.hash);
    body.clear();
    const form = writePostings(body, list, documents);
    writer.varint(body.length * LIST_FORMS + form);
    writer.bytes(body.view());
  });
  return { bytes: writer.view(), hashes, blocks };
}

/** One list as `index-layout.ts` describes it, without its length. Gives its form. */
export function writePostings(writer: ByteWriter, list: TermList, documents: number): number {
  const { facet, postings } = list;
  if (facet && postings.length * 2 > documents / 8) {
    writer.varint(list.documents);
    writeBitmap(writer, postings, documents);
    return LIST_COUNTED | LIST_BITMAP;
  }
  const counted = list.documents !== postings.length;
  if (counted) writer.varint(list.documents);
  let previous = 0;
  for (const { ordinal, strength, idTerms } of postings) {
    writer.varint((ordinal - previous) * 2 + (idTerms > 0 ? 1 : 0));
    writer.byte(strength);
    if (idTerms > 0) writer.byte(idTerms);
    previous = ordinal;
  }
  return counted ? LIST_COUNTED : 0;
}

/** Properties that many entries have: the strength of a property is always the same. */
function writeBitmap(writer: ByteWriter, postings: readonly Posting[], documents: number): void {
  const bits = new Uint8Array(Math.ceil(documents / 8));
  for (const { ordinal } of postings) {
    bits[ordinal >> 3] = (bits[ordinal >> 3] as number) | (1 << (ordinal & 7));
  }
  writer.bytes(bits);
}

/** Ids front-coded, and the offset of each block. */
export function encodeIds(
  ids: readonly string[],
  perBlock: number,
): { bytes: Uint8Array; blocks: number[] } {
  const writer = createByteWriter();
  const blocks: number[] = [];
  let previous = "";
  for (const [position, id] of ids.entries()) {
    if (position % perBlock === 0) {
      blocks.push(writer.length);
      previous = "";
    }
    let shared = 0;
    while (shared < previous.length && previous[shared] === id[shared]) shared++;
    writer.varint(shared);
    writer.text(id.slice(shared));
    previous = id;
  }
  return { bytes: writer.finish(), blocks };
}

function encodeNames(names: readonly (readonly EntryName[])[]): Uint8Array {
  const writer = createByteWriter();
  for (const own of names) {
    writer.varint(own.length);
    for (const { name, weight } of own) {
      writer.text(name);
      writer.byte(Math.round(weight * STRENGTH_STEPS));
    }
  }
  return writer.finish();
}

function seal(bytes: Uint8Array, header: Uint32Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  header[HEADER.totalBytes] = bytes.length;
  for (const [i, value] of header.entries()) view.setUint32(i * 4, value, true);
  view.setUint32(HEADER.checksum * 4, indexChecksum(bytes), true);
  return bytes;
}
