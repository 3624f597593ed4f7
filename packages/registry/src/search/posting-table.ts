import type { DocumentTerms } from "./document-terms.ts";
import { createGrowingArray } from "./growing-array.ts";
import { markPruned } from "./mark-pruned.ts";
import { STRENGTH_STEPS } from "./scoring.ts";
import { facetTerm, termHash } from "./term-hash.ts";
import { compactName } from "./tokenize.ts";

/**
 * Which document holds which term how strongly, in columns: a catalogue of 100,000 entries has some 40 million
 * postings, too many for objects.
 */
export interface PostingTable {
  readonly documents: number;
  add(document: DocumentTerms): void;
  /** Visits the terms by ascending hash. */
  forEachTerm(visit: (list: TermList) => void): void;
}

/** Where a term stands. */
export interface TermList {
  readonly hash: number;
  /** Documents that hold the term, pruned ones included. */
  readonly documents: number;
  /** Documents ascending. */
  readonly postings: readonly Posting[];
}

export interface Posting {
  readonly ordinal: number;
  /** 1 to 250. */
  readonly strength: number;
  /** Terms of the document's id when the term is one of them, else 0. */
  readonly idTerms: number;
}

/** One row for each posting, in the order of the documents. */
export interface PostingColumns {
  /** Position of the term in the table's list of terms. */
  readonly term: Uint32Array;
  readonly strength: Uint8Array;
  /** `PRUNABLE`, and the number of terms in the id. */
  readonly flags: Uint8Array;
  /** First row of each document, and the end. */
  readonly starts: readonly number[];
  /** Documents of each term. */
  readonly holders: Uint32Array;
}

export const PRUNABLE = 0x80;

/** `bodyTerms` is the number of terms of code and text that a document keeps: those that tell most. */
export function createPostingTable(bodyTerms: number): PostingTable {
  const term = createGrowingArray(Uint32Array);
  const strength = createGrowingArray(Uint8Array);
  const flags = createGrowingArray(Uint8Array);
  const holders = createGrowingArray(Uint32Array);
  const starts = [0];
  const hashes: number[] = [];
  const termByHash = new Map<number, number>();
  const positionOf = (text: string): number => {
    const hash = termHash(text);
    let position = termByHash.get(hash);
    if (position === undefined) {
      position = hashes.push(hash) - 1;
      termByHash.set(hash, position);
      holders.push(0);
    }
    return position;
  };
  return {
    get documents() {
      return starts.length - 1;
    },
    add(document) {
      const first = starts.at(-1) as number;
      for (const [text, value, flag] of rowsOf(document)) {
        const position = positionOf(text);
        // Two terms of one document may share a hash; the first one counts.
        if (lastRowOf(term.values, position, { first, end: term.length })) continue;
        (holders.values[position] as number)++;
        term.push(position);
        strength.push(value);
        flags.push(flag);
      }
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
      visitByHash(columns, { hashes, pruned: markPruned(columns, bodyTerms) }, visit);
    },
  };
}
