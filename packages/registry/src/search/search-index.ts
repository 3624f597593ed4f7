import { ChubError } from "../chub-error.ts";
import { createByteReader, damaged } from "./byte-reader.ts";
import {
  HEADER,
  HEADER_WORDS,
  IDS_PER_BLOCK,
  indexChecksum,
  LISTS_PER_BLOCK,
  littleEndianWords,
  MAX_DOCUMENTS,
  MAX_ID_BYTES,
  SEARCH_FORMAT,
  SEARCH_MAGIC,
} from "./index-layout.ts";
import { visitNearNames } from "./near-names.ts";
import {
  countDocuments,
  locateList,
  visitList,
  type Layout,
  type PostingVisitor,
} from "./posting-lists.ts";
import { STRENGTH_STEPS } from "./scoring.ts";
import { compactName, TOKENIZER_VERSION } from "./tokenize.ts";
import { letterMask, maskDistance } from "./edit-distance.ts";
import { idNames, wordsOf, type EntryName } from "./entry-names.ts";

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
  /** Names among which are all that up to `edits` typing errors may have turned into `near`. */
  names(near: string, edits: number): readonly IndexedName[];
  /** Distinct lower-cased words of names, among them all that a typing error may have turned into `near`. */
  nameWords(near: string): ReadonlySet<string>;
}

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
  const index = openShard(bytes);
  if (index.storedIds !== index.documents) throw damaged(WHAT);
  return index;
}

/** Opens an index of some of the terms, which needs no ids. Errors: as `openSearchIndex`. */
export function openShard(bytes: Uint8Array): SearchIndex & { readonly storedIds: number } {
  const layout = readHeader(bytes);
  const { header } = layout;
  const documents = header[HEADER.documents] as number;
  let names: readonly IndexedName[] | undefined;
  let masks: Int32Array | undefined;
  let asked = false;
  let words: ReadonlySet<string> | undefined;
  const allNames = () => (names ??= readNames(bytes, layout));
  const locate = (hash: number) => locateList(bytes, layout, hash);
  return {
    documents,
    storedIds: header[HEADER.storedIds] as number,
    documentsWith(hash) {
      const list = locate(hash);
      return list === null ? 0 : countDocuments(bytes, list, documents);
    },
    visit(hash, visitor) {
      const list = locate(hash);
      if (list !== null) visitList(bytes, list, { documents, visitor });
    },
    id: (ordinal) => readId(bytes, layout, ordinal),
    names(near, edits) {
      // A process that asks once reads them where they lie; one that asks again keeps them, with their letters.
      const isFirst = !asked && names === undefined;
      asked = true;
      const found = isFirst ? readNearNames(bytes, layout, { compact: near, edits }) : null;
      if (found !== null) return found;
      masks ??= Int32Array.from(allNames(), ({ compact }) => letterMask(compact));
      return namesLike(allNames(), masks, { compact: near, edits });
    },
    nameWords: () => (words ??= wordsOfNames(allNames())),
  };
}

function readHeader(bytes: Uint8Array): Layout {
  if (bytes.length < HEADER_WORDS * 4 || bytes.length % 4 !== 0) throw damaged(WHAT);
  const header = littleEndianWords(bytes, 0, HEADER_WORDS);
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
  if (header[HEADER.checksum] !== indexChecksum(bytes)) throw damaged(WHAT);
  requireOrderedParts(header, bytes.length);
  const part = (field: number, count: number, next: number): Uint32Array => {
    const offset = header[field] as number;
    if (offset % 4 !== 0 || offset + count * 4 > (header[next] as number)) throw damaged(WHAT);
    return littleEndianWords(bytes, offset, count);
  };
  const terms = header[HEADER.terms] as number;
  const storedIds = header[HEADER.storedIds] as number;
  if (storedIds > (header[HEADER.documents] as number)) throw damaged(WHAT);
  return {
    header,
    hashes: part(HEADER.hashes, terms, HEADER.blocks),
    blocks: part(HEADER.blocks, Math.ceil(terms / LISTS_PER_BLOCK), HEADER.lists),
    idBlocks: part(HEADER.idBlocks, Math.ceil(storedIds / IDS_PER_BLOCK), HEADER.ids),
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

function readId(bytes: Uint8Array, layout: Layout, ordinal: number): string {
  const stored = layout.header[HEADER.storedIds] as number;
  if (!(ordinal >= 0 && ordinal < stored)) throw new RangeError(`No entry ${ordinal}`);
  const first = ordinal - (ordinal % IDS_PER_BLOCK);
  const next = idReader(bytes, layout, { first });
  for (let skip = ordinal - first; skip > 0; skip--) next();
  return next();
}

/** Gives one id after the other, from the first one of a block. */
function idReader(
  bytes: Uint8Array,
  { header, idBlocks }: Layout,
  { first = 0, textual = false },
): () => string {
  const start = (header[HEADER.ids] as number) + (idBlocks[first / IDS_PER_BLOCK] ?? 0);
  const reader = createByteReader(bytes, {
    start,
    end: header[HEADER.names] as number,
    what: WHAT,
    textual,
  });
  let id = "";
  return () => {
    const shared = reader.varint();
    if (shared > id.length) throw damaged(WHAT);
    id = id.slice(0, shared) + reader.text();
    if (id.length > MAX_ID_BYTES) throw damaged(WHAT);
    return id;
  };
}

function readNames(bytes: Uint8Array, layout: Layout): IndexedName[] {
  const { header } = layout;
  const start = header[HEADER.names] as number;
  const end = header[HEADER.end] as number;
  const reader = createByteReader(bytes, { start, end, what: WHAT, textual: true });
  const names: IndexedName[] = [];
  const ids = idReader(bytes, layout, { textual: true });
  for (let ordinal = 0; ordinal < (header[HEADER.storedIds] as number); ordinal++) {
    for (const { name, weight } of idNames(ids())) {
      names.push({ ordinal, name, compact: compactName(name), weight });
    }
    for (let left = reader.varint(); left > 0; left--) {
      const name = reader.text();
      names.push({
        ordinal,
        name,
        compact: compactName(name),
        weight: reader.byte() / STRENGTH_STEPS,
      });
    }
  }
  return names;
}

/** Names near to one, read without making strings of the others; null when the stored ids do not allow it. */
function readNearNames(
  bytes: Uint8Array,
  { header }: Layout,
  near: { readonly compact: string; readonly edits: number },
): IndexedName[] | null {
  const found: IndexedName[] = [];
  const push = (ordinal: number, { name, weight }: EntryName): void => {
    found.push({ ordinal, name, compact: compactName(name), weight });
  };
  const part = (start: number, end: number) =>
    createByteReader(bytes, {
      start: header[start] as number,
      end: header[end] as number,
      what: WHAT,
    });
  const stored = {
    bytes,
    ids: part(HEADER.ids, HEADER.names),
    names: part(HEADER.names, HEADER.end),
    documents: header[HEADER.storedIds] as number,
    what: WHAT,
  };
  const isComplete = visitNearNames(stored, near, {
    id(ordinal, id) {
      for (const name of idNames(id)) push(ordinal, name);
    },
    name: (ordinal, name, weight) => push(ordinal, { name, weight: weight / STRENGTH_STEPS }),
  });
  return isComplete ? found : null;
}

/** Names with about as many letters, most of them the same. */
function namesLike(
  names: readonly IndexedName[],
  masks: Int32Array,
  { compact, edits }: { readonly compact: string; readonly edits: number },
): IndexedName[] {
  const wanted = letterMask(compact);
  const near: IndexedName[] = [];
  for (let at = 0; at < masks.length; at++) {
    if (maskDistance(masks[at] as number, wanted) > edits * 2) continue;
    const name = names[at] as IndexedName;
    if (Math.abs(name.compact.length - compact.length) <= edits) near.push(name);
  }
  return near;
}

function wordsOfNames(names: readonly IndexedName[]): Set<string> {
  return new Set(names.flatMap(({ name }) => wordsOf(name)));
}

const WHAT = "the search index";
