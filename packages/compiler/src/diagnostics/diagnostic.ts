/** A problem in the content. Plain data: collected, sorted and rendered; never thrown. */
export interface Diagnostic {
  /** Permanent, never reused: `CHUB` and four digits. The first digit is the phase: 1 front matter, 2 structure, 3 code, 4 links and files, 5 safety, 6 across documents, 9 internal. */
  readonly code: string;
  /** `group/rule-name`, e.g. `frontmatter/version-format`. */
  readonly rule: string;
  readonly severity: Severity;
  /** One sentence without a position: "Unexpected X, expected Y". */
  readonly message: string;
  /** POSIX, relative to the content root. */
  readonly file: string;
  readonly range: SourceRange;
  readonly labels?: readonly {
    readonly range: SourceRange;
    readonly file?: string;
    readonly message: string;
  }[];
  /** What to do. */
  readonly help?: string;
  readonly fixes?: readonly Fix[];
  readonly data?: Readonly<Record<string, unknown>>;
}

export type Severity = "error" | "warning" | "info";

/** `line` and `column` are 1-based, `offset` 0-based; columns and offsets in UTF-16 code units of the file's text. End is exclusive. */
export interface SourceRange {
  readonly start: SourcePoint;
  readonly end: SourcePoint;
}

export interface SourcePoint {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

export interface Fix {
  readonly title: string;
  /** safe: never changes meaning; unsafe: may; suggestion: for a person to choose. */
  readonly kind: "safe" | "unsafe" | "suggestion";
  /** Offsets in UTF-16 code units, not overlapping. */
  readonly edits: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
  }[];
}
