import type { EntryFacts } from "../3-validate/entry-facts.ts";
import type { OwnersFile } from "../3-validate/generated/owners.ts";
import type { Redirect } from "../3-validate/generated/redirects.ts";
import type { SourceRange } from "../diagnostics/diagnostic.ts";
import type { Occurrence } from "../diagnostics/diagnose.ts";
import type { RuleInfo } from "../diagnostics/rule-info.ts";
import type { FileOutline } from "./file-outline.ts";

/** A rule on all documents together. One rule is one file in `rules/`. */
export interface ProjectRule extends RuleInfo {
  check(project: Project, report: (occurrence: Occurrence) => void): void;
}

/** All documents as facts, without trees. */
export interface Project {
  /** Sorted by path. */
  readonly entries: readonly EntryFacts[];
  /** By path, in the order of paths. */
  readonly outlines: ReadonlyMap<string, FileOutline>;
  readonly paths: ReadonlySet<string>;
  readonly owners: OwnersFile;
  readonly redirects: readonly Redirect[];
  /** Where a value of a redirect stands in redirects.yaml, by index. */
  readonly redirectPlace: (index: number, key: keyof Redirect) => SourceRange;
  /** What changed since a git base, by path; null when the run has none. */
  readonly changes: ReadonlyMap<string, BaseChange> | null;
}

/** How a Markdown file differs from the base that a change is made against. */
export interface BaseChange {
  /** Whether anything but the front matter differs, or the file is new. */
  readonly textChanged: boolean;
  /** `revision` in the base; null when the file is new there or has none. */
  readonly revision: number | null;
}

/** A rule across documents, checked by the compiler. */
export function defineProjectRule(rule: ProjectRule): ProjectRule {
  return rule;
}
