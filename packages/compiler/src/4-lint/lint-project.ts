import { byCodeUnit } from "@chub/registry";
import type { EntryFacts } from "../3-validate/entry-facts.ts";
import type { OwnersFile } from "../3-validate/generated/owners.ts";
import type { LoadedRedirects } from "../3-validate/load-redirects.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnosticOf } from "../diagnostics/diagnose.ts";
import type { FileOutline } from "./file-outline.ts";
import type { LintConfig } from "./lint-config.ts";
import type { BaseChange, Project, ProjectRule } from "./project-rule.ts";
import { PROJECT_RULES } from "./rules.ts";
import { suppressedBy } from "./suppressions.ts";

/** What the rules across documents read besides the entries. */
export interface ProjectContext {
  readonly config: LintConfig;
  /** Of every Markdown file, in any order. */
  readonly outlines: readonly FileOutline[];
  /** Every published path. */
  readonly paths: ReadonlySet<string>;
  readonly owners: OwnersFile;
  readonly redirects: LoadedRedirects;
  /** See `Project.changes`. */
  readonly changes?: ReadonlyMap<string, BaseChange>;
}

/** What the rules across documents find. Pure, and independent of the order of its inputs. */
export function lintProject(
  facts: readonly EntryFacts[],
  context: ProjectContext,
): readonly Diagnostic[] {
  const project: Project = {
    entries: [...facts].sort((a, b) => byCodeUnit(a.path, b.path)),
    outlines: new Map(
      [...context.outlines]
        .sort((a, b) => byCodeUnit(a.path, b.path))
        .map((outline) => [outline.path, outline]),
    ),
    paths: context.paths,
    owners: context.owners,
    redirects: context.redirects.redirects,
    redirectPlace: context.redirects.placeOf,
    changes: context.changes ?? null,
  };
  const found = PROJECT_RULES.flatMap((rule) => runRule(rule, project, context.config));
  return found.filter(
    (diagnostic) =>
      !suppressedBy(project.outlines.get(diagnostic.file)?.suppressions ?? [], diagnostic),
  );
}

function runRule(rule: ProjectRule, project: Project, config: LintConfig): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  rule.check(project, (occurrence) => {
    const { severity } = config.settingOf(rule, occurrence.file);
    if (severity !== "off") found.push(diagnosticOf(rule, { ...occurrence, severity }));
  });
  return found;
}
