import type { EntryFacts } from "../3-validate/entry-facts.ts";
import type { OwnersFile } from "../3-validate/generated/owners.ts";
import type { Redirect } from "../3-validate/generated/redirects.ts";
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
}

/** A rule across documents, checked by the compiler. */
export function defineProjectRule(rule: ProjectRule): ProjectRule {
  return rule;
}
