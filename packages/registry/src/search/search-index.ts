import { ChubError } from "../chub-error.ts";
import { createByteReader, damaged } from "./byte-reader.ts";
import {
  HEADER,
  HEADER_WORDS,
  IDS_PER_BLOCK,
  LISTS_PER_BLOCK,
  littleEndianWords,
  MAX_DOCUMENTS,
  MAX_ID_BYTES,
  SEARCH_FORMAT,
  SEARCH_MAGIC,
  wordChecksum,
} from "./index-layout.ts";
import { STRENGTH_STEPS } from "./scoring.ts";
import { compactName, TOKENIZER_VERSION } from "./tokenize.ts";
import type { EntryName } from "./document-terms.ts";

/** The index of one source, read where it lies. Every method may throw ChubError INTEGRITY on damaged bytes. */
export interface SearchIndex {
  /** Entries; their ordinals are 0 to `documents` - 1, the positions in the catalog. */
  readonly documents: number;
  /** Documents that hold a term. */
  documentsWith(hash: number): number;
  /** Visits the documents of a term, ascending. `idTerms` is 0 when the term is not in the id, else the terms in it. */
  visit(hash: number, visitor: PostingVisitor): void;
  /** `author/name`. */
  id(ordinal: number): string;
  /** Names of all entries with their compact form; read once, when first asked for. */
  names(): readonly IndexedName[];
  /** Distinct lower-cased words of the names; read once, when first asked for. */
  nameWords(): ReadonlySet<string>;
}

export type PostingVisitor = (ordinal: number, strength: number, idTerms: number) => void;

export interface IndexedName extends EntryName {
  readonly ordinal: number;
  /** Letters and digits of the name. */
  readonly compact: string;
}

/**
 * Opens the bytes of `index/search.bin`. They are read, not parsed: opening checks the header and a checksum.
 *
 * Errors: ChubError INTEGRITY for bytes that are no complete index, FORMAT_TOO_NEW.
 */
export function openSearchIndex(bytes: Uint8Array): SearchIndex {
  const layout = readHeader(bytes);
  const { header } = layout;
  const documents = header[HEADER.documents] as number;
  let names: readonly IndexedName[] | undefined;
  let words: ReadonlySet<string> | undefined;
  const allNames = () => (names ??= readNames(bytes, layout));
  const locate = (hash: number) => locateList(bytes, layout, hash);
  return {
    documents,
    documentsWith(hash) {
      const range = locate(hash);
      return range === null ? 0 : createByteReader(bytes, { ...range, what: WHAT }).varint();
    },
    visit(hash, visitor) {
      const range = locate(hash);
      if (range !== null) visitPostings(bytes, range, { documents, visitor });
    },
    id: (ordinal) => readId(bytes, layout, ordinal),
    names: allNames,
    nameWords: () => (words ??= wordsOf(allNames())),
  };
}

interface Layout {
  readonly header: Uint32Array;
  readonly hashes: Uint32Array;
  readonly blocks: Uint32Array;
  readonly idBlocks: Uint32Array;
}

interface ByteRange {
  readonly start: number;
  readonly end: number;
}

function readHeader(bytes: Uint8Array): Layout {
  if (bytes.length < HEADER_WORDS * 4 || bytes.length % 4 !== 0) throw damaged(WHAT);
  const words = littleEndianWords(bytes, 0, bytes.length / 4);
  const header = words.subarray(0, HEADER_WORDS);
  if (header[HEADER.magic] !== SEARCH_MAGIC) throw damaged(WHAT);
  if (header[HEADER.format] !== SEARCH_FORMAT || header[HEADER.tokenizer] !== TOKENIZER_VERSION) {
    throw new ChubError(
      "FORMAT_TOO_NEW",
      `Unexpected search index format ${header[HEADER.format]} with tokenizer ${header[HEADER.tokenizer]}, ` +
        `expected ${SEARCH_FORMAT} with ${TOKENIZER_VERSION}`,
      { hint: "Install a version of chub that matches the artifact, or build the artifact again" },
    );
  }
  if (header[HEADER.totalBytes] !== bytes.length) throw damaged(WHAT);
  if (header[HEADER.checksum] !== wordChecksum(words, HEADER.checksum + 1)) throw damaged(WHAT);
  requireOrderedParts(header, bytes.length);
  const part = (field: number, count: number, next: number): Uint32Array => {
    const offset = header[field] as number;
    if (offset % 4 !== 0 || offset + count * 4 > (header[next] as number)) throw damaged(WHAT);
    return littleEndianWords(bytes, offset, count);
  };
  const terms = header[HEADER.terms] as number;
  const documents = header[HEADER.documents] as number;
  return {
    header,
    hashes: part(HEADER.hashes, terms, HEADER.blocks),
    blocks: part(HEADER.blocks, Math.ceil(terms / LISTS_PER_BLOCK), HEADER.lists),
    idBlocks: part(HEADER.idBlocks, Math.ceil(documents / IDS_PER_BLOCK), HEADER.ids),
  };
}

function requireOrderedParts(header: Uint32Array, total: number): void {
  if ((header[HEADER.documents] as number) > MAX_DOCUMENTS) throw damaged(WHAT);
  let previous = HEADER_WORDS * 4;
  for (let field: number = HEADER.hashes; field <= HEADER.end; field++) {
    const offset = header[field] as number;
    if (offset < previous || offset > total) throw damaged(WHAT);
    previous = offset;
  }
}

function locateList(bytes: Uint8Array, layout: Layout, hash: number): ByteRange | null {
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
    if (length > end - reader.position) throw damaged(WHAT);
    if (skip === 0) return { start: reader.position, end: reader.position + length };
    reader.position += length;
  }
}

/** The inner loop of every search: reads the bytes itself, since a call for each number would take most of the time. */
export function visitPostings(
  bytes: Uint8Array,
  range: ByteRange,
  to: { readonly documents: number; readonly visitor: PostingVisitor },
): void {
  const { end } = range;
  let position = range.start;
  while (position < end && (bytes[position++] as number) > 0x7f); // the number of documents
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

function readId(bytes: Uint8Array, layout: Layout, ordinal: number): string {
  const { header, idBlocks } = layout;
  if (!(ordinal >= 0 && ordinal < (header[HEADER.documents] as number))) throw new RangeError(`No entry ${ordinal}`);
  const start = (header[HEADER.ids] as number) + (idBlocks[Math.floor(ordinal / IDS_PER_BLOCK)] as number);
  const reader = createByteReader(bytes, { start, end: header[HEADER.names] as number, what: WHAT });
  let id = "";
  for (let i = ordinal - (ordinal % IDS_PER_BLOCK); i <= ordinal; i++) {
    const shared = reader.varint();
    if (shared > id.length) throw damaged(WHAT);
    id = id.slice(0, shared) + reader.text();
    if (id.length > MAX_ID_BYTES) throw damaged(WHAT);
  }
  return id;
}

function readNames(bytes: Uint8Array, layout: Layout): IndexedName[] {
  const { header } = layout;
  const start = header[HEADER.names] as number;
  const reader = createByteReader(bytes, { start, end: header[HEADER.end] as number, what: WHAT });
  const names: IndexedName[] = [];
  for (let ordinal = 0; ordinal < (header[HEADER.documents] as number); ordinal++) {
    for (let left = reader.varint(); left > 0; left--) {
      const name = reader.text();
      names.push({ ordinal, name, compact: compactName(name), weight: reader.byte() / STRENGTH_STEPS });
    }
  }
  return names;
}

function wordsOf(names: readonly IndexedName[]): Set<string> {
  const words = new Set<string>();
  for (const { name } of names) for (const word of name.split(NOT_IN_WORD)) if (word !== "") words.add(word);
  return words;
}

const NOT_IN_WORD = /[^\p{L}\p{N}]+/u;
const WHAT = "the search index";
