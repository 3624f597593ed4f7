import { byCodeUnit } from "../contract/code-unit-order.ts";
import { documentTerms } from "./document-terms.ts";
import { documentWords } from "./document-words.ts";
import { encodeSearchIndex } from "./encode-search-index.ts";
import { encodeSectionRecord, encodeSections } from "./encode-sections.ts";
import { otherNames, type EntryName } from "./entry-names.ts";
import { createPostingTable, type PostingTable } from "./posting-table.ts";
import type { SearchDocument } from "./search-types.ts";
import { createTermMemory } from "./term-memory.ts";

export interface SearchIndexFiles {
  /** Bytes of `index/search.bin`. */
  readonly search: Uint8Array;
  /** Bytes of `index/sections.bin`. */
  readonly sections: Uint8Array;
}

/**
 * The search index of a catalog.
 *
 * `documents` are in the order of the catalog: by id in code-unit order, no id twice; they are read once. Same
 * documents, same bytes. Errors: none for documents in that order; a plain error when they are not.
 */
export function buildSearchIndex(documents: Iterable<SearchDocument>): SearchIndexFiles {
  const { postings, ids, names, sections } = tabulate(documents);
  return {
    search: encodeSearchIndex({ lists: postings, documents: ids.length, ids, names }),
    sections: encodeSections(sections),
  };
}

/** The content of an index before it is laid out as bytes. */
export interface TabulatedDocuments {
  readonly postings: PostingTable;
  readonly ids: readonly string[];
  /** Of each document those that its id does not give. */
  readonly names: readonly (readonly EntryName[])[];
  /** A record of the section index for each document. */
  readonly sections: readonly Uint8Array[];
}

export function tabulate(documents: Iterable<SearchDocument>): TabulatedDocuments {
  const memory = createTermMemory();
  const postings = createPostingTable(BODY_TERMS);
  const ids: string[] = [];
  const names: (readonly EntryName[])[] = [];
  const sections: Uint8Array[] = [];
  for (const given of documents) {
    requireOrder(ids.at(-1), given.id);
    // A getter may read the files of a document from a disk: the copy asks it once.
    const document = { ...given };
    const words = documentWords(document, memory.pool);
    postings.add(documentTerms(document, words, memory));
    ids.push(document.id);
    names.push(otherNames(document));
    sections.push(encodeSectionRecord(document, words, memory));
    if (memory.pool.size > MOST_REMEMBERED) memory.pool.clear();
  }
  return { postings, ids, names, sections };
}

function requireOrder(before: string | undefined, id: string): void {
  if (before === undefined || byCodeUnit(before, id) < 0) return;
  throw new Error(`Unexpected id ${id} after ${before}, expected each id once in code-unit order`);
}

const BODY_TERMS = 900; // terms of code and text that a document keeps; more find more and take 3 to 9 bytes each
const MOST_REMEMBERED = 500_000; // terms; all of 1,560 real entries have about 300,000
