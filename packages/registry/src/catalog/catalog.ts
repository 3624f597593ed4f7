import type { ErrorCode } from "../chub-error.ts";
import type { Tier } from "../contract/contract.ts";
import type { SearchExplanation } from "../search/search-types.ts";
import type { SourceRelease } from "../sources/source.ts";
import type { EntryRecord, Variant } from "./entry-record.ts";

/**
 * Everything a reader of documents can ask. Answers are plain data; a no is an answer (`outcome`),
 * a failure the user can act on is a thrown `ChubError`.
 */
export interface Catalog {
  search(request: SearchRequest): Promise<SearchAnswer>;
  get(request: GetRequest): Promise<GetAnswer>;
  outline(request: OutlineRequest): Promise<OutlineAnswer>;
  list(request: ListRequest): Promise<ListAnswer>;
  /** Which text an address means, without reading it. */
  resolve(request: ResolveRequest): Promise<Resolution>;
  sources(): readonly SourceStatus[];
}

// ---- filters and paging

export interface Filters {
  /** All of them must match, whatever the case. */
  readonly tags?: readonly string[];
  /** Canonical name or alias; entries without languages (skills) match every language only when none is given. */
  readonly language?: string;
  readonly type?: "doc" | "skill";
  /** Trust tiers. */
  readonly tiers?: readonly Tier[];
  /** Name of a configured source. */
  readonly source?: string;
  /** Namespace, the first part of an id. */
  readonly author?: string;
}

export interface Paging {
  /** Most rows to return, 1 to 1000. Default 20 for search, 50 for list. */
  readonly limit?: number;
  /** Rows to skip. Default 0. */
  readonly offset?: number;
}

// ---- search

export interface SearchRequest extends Filters, Paging {
  /** Words, identifiers, an exact id, "quoted phrases". */
  readonly query: string;
  /** Whether hits carry the parts of their score. */
  readonly explain?: boolean;
  /** For how many hits, best first, sections are looked up; further hits have none. Default: all of the page. */
  readonly sectionsFor?: number;
}

export interface SearchAnswer {
  readonly query: string;
  /** Hits before paging, after filters. */
  readonly total: number;
  readonly offset: number;
  readonly hits: readonly SearchHit[];
  /** The entry whose id is the query. */
  readonly exact?: EntrySummary;
  /** Nearest names when nothing was found. */
  readonly suggestions: readonly string[];
}

export interface SearchHit extends EntrySummary {
  readonly score: number;
  /** Up to three sections that answer best, best first; empty when the artifact has no section index. */
  readonly sections: readonly SectionHit[];
  readonly explanation?: SearchExplanation;
}

export interface SectionHit {
  /** Address that `get` takes. */
  readonly address: string;
  /** Language and version of the text the section stands in; null for skills. */
  readonly language: string | null;
  readonly version: string | null;
  /** File relative to the variant's folder, e.g. `references/webhooks.md`. */
  readonly file: string;
  readonly slug: string;
  /** Headings from the outermost to this one. */
  readonly path: readonly string[];
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  /** o200k_base tokens of the section with its sub-sections. */
  readonly tokens: number;
  /** Up to about 200 characters around the matched words, one line, plain text. */
  readonly snippet?: string;
}

/** An entry as lists show it. */
export interface EntrySummary {
  /** Shortest address that means this entry: `author/name`, with the source in front when several hold it. */
  readonly address: string;
  readonly source: string;
  readonly record: EntryRecord;
}

// ---- list

export interface ListRequest extends Filters, Paging {}

export interface ListAnswer {
  readonly total: number;
  readonly offset: number;
  /** Sorted by id in code-unit order. */
  readonly entries: readonly EntrySummary[];
}

// ---- resolve

export interface ResolveRequest {
  /** `[source:]author/name[@version][#section]`, an author, a unique short name or an alias. */
  readonly address: string;
  /** Canonical name or alias. */
  readonly language?: string;
  /** Exact version, semver range, or a major or minor (`19`, `19.1`). Overrides the address. */
  readonly version?: string;
  /** Versions the user's project has, by package URL without version; see `projectVersions`. */
  readonly project?: ReadonlyMap<string, string>;
}

export type Resolution = ResolvedText | Miss;

export interface ResolvedText {
  readonly outcome: "found";
  readonly address: ParsedAddress;
  readonly entry: EntrySummary;
  readonly variant: Variant;
  readonly match: VersionMatch;
  /** Id that was asked for, when a redirect or an alias led here. */
  readonly followed?: {
    readonly from: string;
    readonly kind: "alias" | "redirect" | "short-name";
    readonly reason?: string;
  };
}

export interface ParsedAddress {
  readonly source?: string;
  readonly id: string;
  readonly version?: string;
  readonly section?: string;
}

/** Which version is served, and why. `exact` and `range`: it fulfils what was asked; `nearest`: it does not, but is the closest to the project's; `default`: nothing was asked. */
export interface VersionMatch {
  readonly kind: "exact" | "range" | "nearest" | "default";
  readonly requested?: string;
  readonly served: string | null;
}

/** Why there is no text: an answer, not an error. */
export type Miss =
  | { readonly outcome: "unknown-id"; readonly id: string; readonly suggestions: readonly string[] }
  | { readonly outcome: "retired"; readonly id: string; readonly reason?: string }
  | { readonly outcome: "choose-entry"; readonly id: string; readonly choices: readonly string[] }
  | {
      readonly outcome: "choose-language";
      readonly id: string;
      readonly available: readonly string[];
    }
  | {
      readonly outcome: "unknown-language";
      readonly id: string;
      readonly requested: string;
      readonly available: readonly string[];
    }
  | {
      readonly outcome: "unknown-version";
      readonly id: string;
      readonly requested: string;
      readonly available: readonly string[];
    }
  | {
      readonly outcome: "unknown-file";
      readonly id: string;
      readonly requested: string;
      readonly available: readonly string[];
    }
  | {
      readonly outcome: "unknown-section";
      readonly id: string;
      readonly requested: string;
      readonly available: readonly string[];
    }
  | {
      readonly outcome: "unknown-symbol";
      readonly id: string;
      readonly requested: string;
      readonly available: readonly string[];
    };

// ---- get, outline

export interface GetRequest extends ResolveRequest {
  /** Sections by slug, heading path (`Webhooks > Verify`) or unique heading text; also `references/x.md#slug`. */
  readonly sections?: readonly string[];
  /** Sections whose code uses this identifier. */
  readonly symbol?: string;
  /** Files relative to the entry's folder instead of the entry file. */
  readonly files?: readonly string[];
  /** Every file of the text. */
  readonly full?: boolean;
  /** Upper bound of o200k_base tokens over all parts; a guarantee. */
  readonly maxTokens?: number;
  /** Orders the sections by relevance to it when `maxTokens` forces a choice. */
  readonly query?: string;
  /** Ends the question: what is being fetched for it alone is given up, and the promise rejects with the reason. */
  readonly signal?: AbortSignal;
}

export type GetAnswer = FoundText | Miss;

export interface FoundText extends Omit<ResolvedText, "outcome"> {
  readonly outcome: "found";
  /** In document order. */
  readonly parts: readonly TextPart[];
  /** o200k_base tokens of all parts; absent when the artifact carries no counts. */
  readonly tokens?: number;
  /** Sections left out by `maxTokens`, in document order, each with the address that fetches it. */
  readonly omitted: readonly OutlineItem[];
  /** Files of the text that are not in `parts`, relative to its folder. */
  readonly additionalFiles: readonly string[];
}

/** Bytes of a document: a whole file, or exactly one slice of it. */
export interface TextPart {
  /** Relative to the variant's folder. */
  readonly file: string;
  /** Slug, when the part is a section. */
  readonly section?: string;
  readonly content: string;
  /** sha256 of the whole file, hex; absent for a directory that Context Hub built. */
  readonly sha256?: string;
  readonly tokens?: number;
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  /** Whether the part was cut at a block boundary to keep within `maxTokens`. */
  readonly cut: boolean;
}

export interface OutlineRequest extends ResolveRequest {
  readonly files?: readonly string[];
}

export type OutlineAnswer =
  | (Omit<ResolvedText, "outcome"> & {
      readonly outcome: "found";
      readonly items: readonly OutlineItem[];
    })
  | Miss;

export interface OutlineItem {
  readonly address: string;
  readonly file: string;
  readonly slug: string;
  readonly heading: string;
  readonly depth: number;
  readonly startLine: number;
  readonly endLine: number;
  /** With sub-sections. */
  readonly tokens: number;
  /** Own text only. */
  readonly bodyTokens: number;
}

// ---- sources

export interface SourceStatus {
  readonly name: string;
  readonly kind: "path" | "url" | "npm" | "embedded";
  /** Directory, URL without credentials, or package name. */
  readonly location: string;
  readonly layout: "chub" | "context-hub";
  readonly entries: number;
  /** Root digest of the artifact; absent for Context Hub's layout. */
  readonly digest?: string;
  /** When a remote source was last known to be current, ISO 8601 in UTC. */
  readonly checkedAt?: string;
  /** Which release it serves, as far as it names any. */
  readonly release?: SourceRelease;
  /** Why it could not be asked for a newer artifact; it answers from the one of `checkedAt`. */
  readonly stale?: { readonly code: ErrorCode; readonly message: string };
  /** Why it could not be opened; it then has no entries. */
  readonly problem?: { readonly code: ErrorCode; readonly message: string };
}
