import { createByteWriter } from "./byte-writer.ts";
import type { EntryName } from "./document-terms.ts";
import {
  HEADER,
  HEADER_WORDS,
  IDS_PER_BLOCK,
  LISTS_PER_BLOCK,
  SEARCH_FORMAT,
  SEARCH_MAGIC,
  littleEndianWords,
  wordChecksum,
} from "./index-layout.ts";
import { STRENGTH_STEPS } from "./scoring.ts";
import { TOKENIZER_VERSION } from "./tokenize.ts";

/** Where a term stands: documents ascending. */
export interface TermList {
  readonly hash: number;
  /** Documents that hold the term, pruned ones included. */
  readonly documents: number;
  readonly postings: readonly Posting[];
}

export interface Posting {
  readonly ordinal: number;
  readonly strength: number;
  /** Terms of the document's id when the term is one of them, else 0. */
  readonly idTerms: number;
}

/** The bytes of a search index. `lists` ascend by hash, `ids` and `names` follow the documents. */
export function encodeSearchIndex(
  lists: readonly TermList[],
  ids: readonly string[],
  names: readonly (readonly EntryName[])[],
): Uint8Array {
  const writer = createByteWriter();
  const header = new Uint32Array(HEADER_WORDS);
  for (let i = 0; i < HEADER_WORDS; i++) writer.uint32(0);
  const start = (field: keyof typeof HEADER): void => {
    writer.align();
    header[HEADER[field]] = writer.length;
  };
  start("hashes");
  for (const { hash } of lists) writer.uint32(hash);
  const encoded = encodeLists(lists);
  start("blocks");
  for (const offset of encoded.blocks) writer.uint32(offset);
  start("lists");
  writer.bytes(encoded.bytes);
  const idTable = encodeIds(ids);
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
  header[HEADER.documents] = ids.length;
  header[HEADER.terms] = lists.length;
  return seal(writer.finish(), header);
}

function encodeLists(lists: readonly TermList[]): { bytes: Uint8Array; blocks: number[] } {
  const writer = createByteWriter();
  const blocks: number[] = [];
  for (const [position, list] of lists.entries()) {
    if (position % LISTS_PER_BLOCK === 0) blocks.push(writer.length);
    const bytes = encodeList(list);
    writer.varint(bytes.length);
    writer.bytes(bytes);
  }
  return { bytes: writer.finish(), blocks };
}

/** One list as it stands in the index, without its length. */
export function encodeList(list: TermList): Uint8Array {
  const writer = createByteWriter(16 + list.postings.length * 4);
  writer.varint(list.documents);
  let previous = 0;
  for (const { ordinal, strength, idTerms } of list.postings) {
    writer.varint((ordinal - previous) * 2 + (idTerms > 0 ? 1 : 0));
    writer.byte(strength);
    if (idTerms > 0) writer.byte(Math.min(idTerms, 255));
    previous = ordinal;
  }
  return writer.finish();
}

function encodeIds(ids: readonly string[]): { bytes: Uint8Array; blocks: number[] } {
  const writer = createByteWriter();
  const blocks: number[] = [];
  let previous = "";
  for (const [position, id] of ids.entries()) {
    if (position % IDS_PER_BLOCK === 0) {
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
  const words = littleEndianWords(bytes, 0, bytes.length / 4);
  view.setUint32(HEADER.checksum * 4, wordChecksum(words, HEADER.checksum + 1), true);
  return bytes;
}
