/** One row for each posting, in the order of the documents. */
export interface PostingColumns {
  /** Position of the term in the table's list of terms. */
  readonly term: Uint32Array;
  readonly strength: Uint8Array;
  /** `PRUNABLE`, `FACET`, and in the other bits the number of terms in the id. */
  readonly flags: Uint8Array;
  /** First row of each document, and the end. */
  readonly starts: readonly number[];
  /** Documents of each term. */
  readonly holders: Uint32Array;
}

export const PRUNABLE = 0x80;
export const FACET = 0x40;
