import type { Code, Definition, Heading, Html, Image, InlineCode, Link, Node, Table } from "mdast";
import type { ParsedFile } from "../2-parse/parsed-file.ts";
import type { EntryFacts } from "../3-validate/entry-facts.ts";
import type { Occurrence } from "../diagnostics/diagnose.ts";
import type { SourceRange } from "../diagnostics/diagnostic.ts";
import type { RuleInfo } from "../diagnostics/rule-info.ts";

/** A rule on one file: what it is called, and a pure check. One rule is one file in `rules/`. */
export interface Rule extends RuleInfo {
  /** Kinds of files it looks at; all of them when left out. */
  readonly kinds?: readonly ParsedFile["kind"][];
  /** Whether it also looks at files that are not Markdown, where everything is code. Default: no. */
  readonly anyFile?: boolean;
  /** Whether a comment in the document can switch it off. Default: yes; rules on safety say no. */
  readonly suppressible?: boolean;
  check(file: LintedFile, report: Report): void;
}

/** Takes one occurrence of the rule's problem; the file is known. */
export type Report = (finding: Finding) => void;

export type Finding = Omit<Occurrence, "file" | "range"> & {
  /** A node, offsets in the text, or a ready range. */
  readonly at: Node | readonly [start: number, end: number] | SourceRange;
};

/** A rule, checked by the compiler. */
export function defineRule(rule: Rule): Rule {
  return rule;
}

/** What rules read: the file, and its nodes by type from one shared walk. All lists are in document order. */
export interface LintedFile {
  readonly path: string;
  readonly kind: ParsedFile["kind"];
  readonly text: string;
  readonly parsed: ParsedFile;
  /** Null for references and for entries without an address. */
  readonly facts: EntryFacts | null;
  readonly headings: readonly Heading[];
  readonly codeBlocks: readonly Code[];
  readonly inlineCodes: readonly InlineCode[];
  readonly links: readonly Link[];
  readonly images: readonly Image[];
  readonly definitions: readonly Definition[];
  readonly html: readonly Html[];
  readonly tables: readonly Table[];
  /** Offsets of the text that is code (blocks and inline), sorted, not overlapping. */
  readonly codeRanges: readonly (readonly [start: number, end: number])[];
  /** Options of the rule that runs, from chub.config.json. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What the check of a run needs from outside: the day, the paths of the tree, the syntax checker. */
  readonly surroundings: Surroundings;
}

/** What stands outside the file. All of it is optional: a rule that needs a missing part finds nothing. */
export interface Surroundings {
  /** ISO 8601 day of the run. What reads it is judged again every day: ask `isFuture` where that is enough. */
  readonly today?: string;
  /** Whether an ISO 8601 day is after the day of the run. */
  readonly isFuture?: (day: string) => boolean;
  /** Every published path, relative to the content root. */
  readonly paths?: PathSet;
  readonly checkSyntax?: CheckSyntax;
  /** o200k_base tokens of a text. */
  readonly countTokens?: (text: string) => number;
}

/** Paths of files. */
export interface PathSet extends ReadonlySet<string> {
  /** Whether a path is a folder of one of the files; found out from the paths when left out. */
  readonly hasFolder?: (path: string) => boolean;
}

/** Whether code parses; `language` is canonical. */
export type CheckSyntax = (
  language: string,
  code: string,
) => {
  readonly status: string;
  readonly message?: string;
  readonly line?: number;
  readonly column?: number;
};
