import type { FoundText, ShownAnnotation } from "@chub/registry";

/** A text and the local notes on it, which are never part of it. */
export interface NotedText {
  readonly found: FoundText;
  /** Oldest first. */
  readonly notes: readonly ShownAnnotation[];
}
