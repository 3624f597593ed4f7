import type { Tier } from "@chub/registry";

/** What the front matter of a DOC.md or SKILL.md says, checked and normalised. Pure data, no tree: kept for the whole run. */
export interface EntryFacts {
  readonly type: "doc" | "skill";
  /** Path of the DOC.md or SKILL.md, relative to the content root. */
  readonly path: string;
  /** Its folder. */
  readonly folder: string;
  /** First folder below the content root: the namespace. */
  readonly author: string;
  readonly name: string;
  /** `author/name` */
  readonly id: string;
  readonly description: string;
  /** Canonical names where known, as written otherwise; empty for skills without. */
  readonly languages: readonly string[];
  readonly versions: readonly string[];
  readonly revision?: number;
  readonly updatedOn?: string;
  /** As claimed; undefined when the file says nothing. */
  readonly claimedTier?: Tier;
  readonly tags: readonly string[];
  readonly packages: readonly string[];
  readonly upstream: readonly string[];
  readonly aliases: readonly string[];
  readonly status: "current" | "deprecated";
  readonly replacedBy?: string;
}
