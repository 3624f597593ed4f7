import type { EntryFacts } from "./entry-facts.ts";

/** As from a front matter, with exactly one language and version for a document. */
export interface AuthorEntryFacts extends EntryFacts {
  /** Whether the author names this version as the one to serve when none is asked for. */
  readonly recommended: boolean;
}
