import type { Tier } from "../contract/contract.ts";
import type { SearchIndex } from "./search-index.ts";

/** An index with the name of its source. */
export interface NamedIndex {
  readonly source: string;
  readonly index: SearchIndex;
  /** Most trusted tier that entries of this source can have. Default: what the entries say. */
  readonly tierCap?: Tier;
}
