import type { DocumentTerms } from "./document-terms.ts";
import { createGrowingArray } from "./growing-array.ts";
import { HashTable } from "./hash-table.ts";
import { markPruned } from "./mark-pruned.ts";
import { FACET, PRUNABLE, type PostingColumns } from "./posting-columns.ts";
import { MAIN_ENTRY_FACTOR, STRENGTH_STEPS } from "./scoring.ts";
import { facetTerm, termHash } from "./term-hash.ts";
import { compactName } from "./tokenize.ts";

/**
 * Which document holds which term how strongly, in columns: a catalogue of 100,000 entries has some 40 million
 * postings, too many for objects.
 */
export interface PostingTable extends TermLists {
  readonly documents: number;
  add(document: DocumentTerms): void;
}

export interface TermLists {
  /** Visits the terms by ascending hash. */
  forEachTerm(visit: (list: TermList) => void): void;
}

/** Where a term stands. */
export interface TermList {
  readonly hash: number;
  /** Whether it is a property and no word: such lists are never shortened. */
  readonly facet: boolean;
  /** Documents that hold the term, pruned ones included. */
  readonly documents: number;
  /** Documents ascending. */
  readonly postings: readonly Posting[];
}

export interface Posting {
  readonly ordinal: number;
  /** 1 to 243. */
  readonly strength: number;
  /** Terms of the document's id when the term is one of them, else 0. */
  readonly idTerms: number;
}

/** `bodyTerms` is the number of terms of code and text that a document keeps: those that tell most. */
export function createPostingTable(bodyTerms: number): PostingTable {
  const term = createGrowingArray(Uint32Array);
  const strength = createGrowingArray(Uint8Array);
  const flags = createGrowingArray(Uint8Array);
  const holders = createGrowingArray(Uint32Array);
  const lastHolder = createGrowingArray(Uint32Array); // ordinal + 1
  const starts = [0];
  const terms = new HashTable();
  return {
    get documents() {
      return starts.length - 1;
    },
    add(document) {
      const holder = starts.length;
      visitPostings(document, (hash, value, flag) => {
        const position = terms.positionOf(hash);
        if (position === holders.length) {
          holders.push(0);
          lastHolder.push(0);
        }
        // Two terms of one document may share a hash; the first one counts.
        if (lastHolder.values[position] === holder) return;
        lastHolder.values[position] = holder;
        (holders.values[position] as number)++;
        term.push(position);
        strength.push(value);
        flags.push(flag);
      });
      starts.push(term.length);
    },
    forEachTerm(visit) {
      const columns = {
        term: term.values.subarray(0, term.length),
        strength: strength.values,
        flags: flags.values,
        starts,
        holders: holders.values,
      };
      visitByHash(columns, { terms, pruned: markPruned(columns, bodyTerms) }, visit);
    },
  };
}

/** Takes a posting before it has its place: hash of the term, strength as it is stored, flags. */
export type PostingVisitor = (hash: number, strength: number, flags: number) => void;

/** Visits all postings of a document. A hash may come twice; then the first one counts. */
export function visitPostings(document: DocumentTerms, visit: PostingVisitor): void {
  const { hashes, strengths, kept, idTerms, phrases, facets, names } = document;
  const steps = STRENGTH_STEPS * (document.main ? MAIN_ENTRY_FACTOR : 1);
  const stored = (strength: number): number => Math.max(1, Math.round(strength * steps));
  const inId = Math.min(idTerms.size, MOST_ID_TERMS);
  for (let i = 0; i < hashes.length; i++) {
    const hash = hashes[i] as number;
    // Terms of the id are the first ones.
    const flags = i >= kept ? PRUNABLE : idTerms.has(hash) ? inId : 0;
    visit(hash, stored(strengths[i] as number), flags);
  }
  for (const phrase of phrases) visit(termHash(phrase), stored(1), 0);
  for (const facet of facets) visit(termHash(facet), STRENGTH_STEPS, FACET);
  const byWeight = [...names].sort((a, b) => b.weight - a.weight);
  for (const { name, weight } of byWeight) {
    visit(termHash(facetTerm("name", compactName(name))), stored(weight), 0);
  }
}

function visitByHash(
  columns: PostingColumns,
  table: { readonly terms: HashTable; readonly pruned: Uint8Array },
  visit: (list: TermList) => void,
): void {
  const { terms, pruned } = table;
  const rows = rowsByTerm(columns, terms.size, pruned);
  const documentOf = documentFinder(columns.starts);
  for (const hash of terms.sortedHashes()) {
    const position = terms.positionOf(hash);
    const postings: Posting[] = [];
    for (
      let at = rows.starts[position] as number;
      at < (rows.starts[position + 1] as number);
      at++
    ) {
      const row = rows.rows[at] as number;
      postings.push({
        ordinal: documentOf(row, postings.at(-1)?.ordinal ?? 0),
        strength: columns.strength[row] as number,
        idTerms: (columns.flags[row] as number) & MOST_ID_TERMS,
      });
    }
    if (postings.length === 0) continue;
    visit({
      hash,
      facet:
        ((columns.flags[rows.rows[rows.starts[position] as number] as number] as number) &
          FACET) !==
        0,
      documents: columns.holders[position] as number,
      postings,
    });
  }
}

/** Rows grouped by term, by counting: within a term they stay in the order of the documents. */
function rowsByTerm(columns: PostingColumns, terms: number, pruned: Uint8Array) {
  const starts = new Uint32Array(terms + 1);
  for (let row = 0; row < columns.term.length; row++) {
    const after = (columns.term[row] as number) + 1;
    if (pruned[row] === 0) starts[after] = (starts[after] as number) + 1;
  }
  for (let term = 0; term < terms; term++) {
    starts[term + 1] = (starts[term + 1] as number) + (starts[term] as number);
  }
  const next = starts.slice();
  const rows = new Uint32Array(starts[terms] as number);
  for (let row = 0; row < columns.term.length; row++) {
    if (pruned[row] !== 0) continue;
    const term = columns.term[row] as number;
    rows[next[term] as number] = row;
    next[term] = (next[term] as number) + 1;
  }
  return { starts, rows };
}

/** Gives the document of a row, searched for from an earlier document. */
function documentFinder(starts: readonly number[]): (row: number, from: number) => number {
  return (row, from) => {
    let low = from;
    let high = starts.length - 2;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((starts[middle] as number) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  };
}

const MOST_ID_TERMS = 0x3f;
