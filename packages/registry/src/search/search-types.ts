import type { Tier } from "../contract/contract.ts";

// ---- what the compiler gives

/** What the index knows of one entry; made by the compiler from the ASTs, in the order of the catalog. */
export interface SearchDocument {
  readonly id: string;
  readonly type: "doc" | "skill";
  readonly name: string;
  readonly description: string;
  readonly tier: string;
  readonly tags: readonly string[];
  readonly aliases: readonly string[];
  /** Canonical names, sorted. */
  readonly languages: readonly string[];
  /** Package names without type and version, e.g. `@slack/web-api`. */
  readonly packages: readonly string[];
  /** Entry files of all variants and their reference files. */
  readonly files: readonly SearchFile[];
}

export interface SearchFile {
  /** Position of the variant in the entry's record, and file relative to its folder. */
  readonly variant: number;
  readonly file: string;
  /** Text of the first H1. */
  readonly title: string;
  /** Package names in install commands. */
  readonly installs: readonly string[];
  /** Modules that import lines of the code name: `cv2`, `@slack/web-api`. */
  readonly imports: readonly string[];
  readonly sections: readonly SearchSection[];
}

export interface SearchSection {
  readonly slug: string;
  readonly heading: string;
  readonly path: readonly string[];
  /** 1-based, inclusive, of the section with its sub-sections. */
  readonly startLine: number;
  readonly endLine: number;
  /** o200k_base tokens with sub-sections. */
  readonly tokens: number;
  /** Own prose without sub-sections, Markdown marks removed, inline code kept. */
  readonly text: string;
  /** Own code blocks, one after another. */
  readonly code: string;
}

// ---- what a reader asks

export interface SearchOptions {
  readonly filters?: SearchFilters;
  /** Hits to return. Default 20. */
  readonly limit?: number;
  /** Hits to skip. Default 0. */
  readonly offset?: number;
  /** Whether hits carry the parts of their score. Default false. */
  readonly explain?: boolean;
  /** Entries for which it is false are neither returned nor counted: the place for a trust policy. */
  readonly accepts?: (source: string, id: string) => boolean;
}

/** All that are given must hold; a list of tags means each of them. Words match whatever their case. */
export interface SearchFilters {
  readonly tags?: readonly string[];
  /** Canonical name or alias of a programming language. */
  readonly language?: string;
  readonly type?: "doc" | "skill";
  readonly tiers?: readonly Tier[];
  readonly source?: string;
  /** First part of an id. */
  readonly author?: string;
}

// ---- what a reader gets

export interface RankedAnswer {
  /** Hits before paging, after filters. */
  readonly total: number;
  /** Best first; equal scores in the order of ids, then of sources. */
  readonly hits: readonly RankedHit[];
  /** Entries whose id is the query, after filters. */
  readonly exact: readonly RankedPlace[];
  /** Ids with the nearest names when nothing was found; nearest first. */
  readonly suggestions: readonly string[];
}

/** An entry by the name of its source and its position in that source's catalog. */
export interface RankedPlace {
  readonly source: string;
  readonly ordinal: number;
}

export interface RankedHit extends RankedPlace {
  readonly score: number;
  readonly explanation?: SearchExplanation;
}

/** The parts of a score, for `--explain`. The parts add up to the total. */
export interface SearchExplanation {
  readonly total: number;
  readonly parts: readonly { readonly label: string; readonly value: number }[];
}

export interface SectionRequest {
  readonly query: string;
  /** Positions in the catalog of the entries to look into. */
  readonly ordinals: readonly number[];
  /** Whether sections of this variant of an entry may be returned. Default: all. */
  readonly accepts?: (ordinal: number, variant: number) => boolean;
  /** Sections for an entry. Default 3. */
  readonly limit?: number;
}

/** A section that answers, as the section index knows it. */
export interface FoundSection {
  /** Position of the variant in the entry's record. */
  readonly variant: number;
  readonly file: string;
  readonly slug: string;
  /** Headings from the outermost to this one. */
  readonly path: readonly string[];
  /** 1-based, inclusive, of the section with its sub-sections. */
  readonly startLine: number;
  readonly endLine: number;
  /** o200k_base tokens with sub-sections. */
  readonly tokens: number;
  readonly score: number;
}

/** A section whose text is at hand, for `scoreSections`. */
export interface ScorableSection {
  /** Headings from the outermost to this one. */
  readonly path: readonly string[];
  /** Own Markdown or prose, without sub-sections. Code blocks may stand in it. */
  readonly text: string;
}

/** A searchable set of sources. The static index is the default; a server with its own engine is another. */
export interface SearchBackend {
  search(query: string, options?: SearchOptions): Promise<RankedAnswer>;
  /** By ordinal; an entry without section index is absent. Errors: ChubError INTEGRITY, NO_DATA. */
  sections(
    source: string,
    request: SectionRequest,
  ): Promise<ReadonlyMap<number, readonly FoundSection[]>>;
}
