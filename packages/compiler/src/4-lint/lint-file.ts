import type { ParsedFile } from "../2-parse/parsed-file.ts";
import type { EntryFacts } from "../3-validate/entry-facts.ts";
import { diagnose, diagnosticOf } from "../diagnostics/diagnose.ts";
import type { Diagnostic, Severity, SourceRange } from "../diagnostics/diagnostic.ts";
import {
  FILE_START,
  lineStartsOf,
  rangeBetween,
  rangeOfPosition,
} from "../diagnostics/text-position.ts";
import { applySuppressions } from "./apply-suppressions.ts";
import type { LintConfig } from "./lint-config.ts";
import { lintedFileOf } from "./linted-file.ts";
import type { Finding, LintedFile, Rule } from "./rule.ts";
import { TARGETS } from "./rule-catalog.ts";
import { RULES } from "./rules.ts";

/**
 * What the rules find in one file. Pure: the same file, facts and configuration give the same findings.
 *
 * All rules read one shared walk of the tree. A rule that throws is a diagnostic of its own, and the others go on.
 */
export function lintFile(
  parsed: ParsedFile,
  facts: EntryFacts | null,
  config: LintConfig,
): readonly Diagnostic[] {
  const file = lintedFileOf(parsed, facts, config.surroundings);
  const found = runRules(RULES, file, config);
  return applySuppressions(file, found, { rules: TARGETS, config });
}

/** What the rules for all kinds of files find in one that is not Markdown. */
export function lintText(parsed: ParsedFile, config: LintConfig): readonly Diagnostic[] {
  const file = lintedFileOf(parsed, null, config.surroundings);
  return runRules(ANY_FILE_RULES, { ...file, codeRanges: [[0, parsed.text.length]] }, config);
}

function runRules(
  rules: readonly Rule[],
  file: LintedFile,
  config: LintConfig,
): readonly Diagnostic[] {
  const locate = locator(file.text);
  return rules.flatMap((rule) => {
    if (rule.kinds !== undefined && !rule.kinds.includes(file.kind)) return [];
    const { severity, options } = config.settingOf(rule, file.path);
    return severity === "off" ? [] : runRule(rule, { ...file, options }, { severity, locate });
  });
}

type Locate = (at: Finding["at"]) => SourceRange;

function runRule(
  rule: Rule,
  file: LintedFile,
  { severity, locate }: { severity: Severity; locate: Locate },
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  try {
    rule.check(file, ({ at, ...occurrence }) => {
      const capped = capSeverity(occurrence.severity, rule.severity, severity);
      found.push(
        diagnosticOf(rule, { ...occurrence, severity: capped, file: file.path, range: locate(at) }),
      );
    });
  } catch (error) {
    const message = `Rule ${rule.id} failed: ${error instanceof Error ? error.message : String(error)}`;
    found.push(diagnose("internal/rule-failed", { file: file.path, range: FILE_START, message }));
  }
  return found;
}

/** A finding may have a severity of its own as long as the configuration leaves the rule at its default. */
function capSeverity(
  own: Severity | undefined,
  standard: Severity,
  configured: Severity,
): Severity {
  return own !== undefined && configured === standard ? own : configured;
}

/** Line starts are found on the first finding: most files have none. */
function locator(text: string): Locate {
  let lines: readonly number[] | null = null;
  return (at) => {
    if ("start" in at) return at;
    if (!("type" in at)) {
      lines ??= lineStartsOf(text);
      return rangeBetween(lines, at[0], at[1]);
    }
    return at.position === undefined ? FILE_START : rangeOfPosition(at.position);
  };
}

const ANY_FILE_RULES = RULES.filter(({ anyFile }) => anyFile === true);
