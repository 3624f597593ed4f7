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
  /** Package names in install commands, import lines. */
  readonly installs: readonly string[];
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

/** The parts of a score, for `--explain`. */
export interface SearchExplanation {
  readonly total: number;
  readonly parts: readonly { readonly label: string; readonly value: number }[];
}
