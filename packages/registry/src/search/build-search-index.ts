import { byCodeUnit } from "../contract/code-unit-order.ts";
import { documentTerms, type DocumentTerms, type EntryName } from "./document-terms.ts";
import { encodeSearchIndex, type Posting, type TermList } from "./encode-search-index.ts";
import { encodeSections } from "./encode-sections.ts";
import { rarity } from "./scoring.ts";
import type { SearchDocument } from "./search-types.ts";
import { facetTerm, termHash } from "./term-hash.ts";
import { compactName } from "./tokenize.ts";

export interface SearchIndexFiles {
  /** Bytes of `index/search.bin`. */
  readonly search: Uint8Array;
  /** Bytes of `index/sections.bin`. */
  readonly sections: Uint8Array;
}

/**
 * The search index of a catalog.
 *
 * `documents` are in the order of the catalog: by id in code-unit order, no id twice. Same documents, same bytes.
 * Errors: none for documents in that order; a plain error when they are not.
 */
export function buildSearchIndex(documents: readonly SearchDocument[]): SearchIndexFiles {
  const table = buildTermTable(documents);
  return {
    search: encodeSearchIndex(table.lists, table.ids, table.names),
    sections: encodeSections(documents),
  };
}

export interface TermTable {
  /** Ascending by hash. */
  readonly lists: readonly TermList[];
  readonly ids: readonly string[];
  /** Names of each document that its id does not show. */
  readonly names: readonly (readonly EntryName[])[];
}

/** The content of the index before it is laid out as bytes. */
export function buildTermTable(documents: readonly SearchDocument[]): TermTable {
  requireOrder(documents);
  const memo = new Map<string, readonly string[]>();
  const all = documents.map((document) => documentTerms(document, memo));
  const counts = new Map<string, number>();
  for (const { strengths } of all) {
    for (const term of strengths.keys()) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  const postings = new Map<number, Posting[]>();
  const add = (term: string, posting: Posting): void => {
    const hash = termHash(term);
    const list = postings.get(hash);
    if (list === undefined) postings.set(hash, [posting]);
    else if (list.at(-1)?.ordinal !== posting.ordinal) list.push(posting);
  };
  const hashCounts = new Map<number, number>();
  for (const [term, count] of counts) hashCounts.set(termHash(term), count);
  for (const [ordinal, terms] of all.entries()) addDocument(add, { ordinal, terms, counts });
  const lists = [...postings]
    .sort(([a], [b]) => a - b)
    .map(([hash, list]) => ({ hash, documents: hashCounts.get(hash) ?? list.length, postings: list }));
  return { lists, ids: documents.map(({ id }) => id), names: all.map(({ names }) => names) };
}

function addDocument(
  add: (term: string, posting: Posting) => void,
  from: { ordinal: number; terms: DocumentTerms; counts: ReadonlyMap<string, number> },
): void {
  const { ordinal, terms } = from;
  const total = terms.idTerms.size;
  for (const term of keptTerms(terms, from.counts)) {
    const idTerms = terms.idTerms.has(term) ? total : 0;
    add(term, { ordinal, strength: terms.strengths.get(term) ?? 1, idTerms });
  }
  for (const term of terms.facets) add(term, { ordinal, strength: 1, idTerms: 0 });
  for (const { name, weight } of terms.names) {
    add(facetTerm("name", compactName(name)), { ordinal, strength: Math.round(weight * 100), idTerms: 0 });
  }
}

/** Leaves out the weakest terms of long documents: common words that other documents say more often. */
function keptTerms(terms: DocumentTerms, counts: ReadonlyMap<string, number>): string[] {
  const { strengths, kept } = terms;
  if (strengths.size <= MAX_BODY_TERMS) return [...strengths.keys()];
  const value = (term: string): number =>
    (strengths.get(term) ?? 0) * rarity(RARITY_BASE, Math.min(RARITY_BASE, counts.get(term) ?? 0));
  const prunable = [...strengths.keys()].filter((term) => !kept.has(term));
  prunable.sort((a, b) => value(b) - value(a) || byCodeUnit(a, b));
  return [...kept, ...prunable.slice(0, MAX_BODY_TERMS)];
}

function requireOrder(documents: readonly SearchDocument[]): void {
  for (let i = 1; i < documents.length; i++) {
    const before = documents[i - 1]?.id ?? "";
    const id = documents[i]?.id ?? "";
    if (byCodeUnit(before, id) >= 0) throw new Error(`Unexpected id ${id} after ${before}, expected code-unit order`);
  }
}

const MAX_BODY_TERMS = 100_000; // terms of code and text a document keeps
const RARITY_BASE = 1_000_000; // documents
