import { createTermPool, type TermPool } from "./term-pool.ts";
import { TermSums } from "./term-sums.ts";

/** What reading documents needs and leaves behind for the next one. */
export interface TermMemory {
  readonly pool: TermPool;
  /** Empty between two uses. */
  readonly sums: TermSums;
  /** Empty between two uses. */
  readonly holders: TermSums;
}

export function createTermMemory(): TermMemory {
  return { pool: createTermPool(), sums: new TermSums(), holders: new TermSums() };
}
