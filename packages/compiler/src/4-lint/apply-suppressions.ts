import { diagnosticOf } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { lineStartsOf, rangeBetween } from "../diagnostics/text-position.ts";
import type { LintConfig } from "./lint-config.ts";
import type { LintedFile, Rule } from "./rule.ts";
import { type Suppression, suppressedBy, suppressionsOf } from "./suppressions.ts";
import { SUPPRESSION_RULES } from "./suppression-rules.ts";

/** Findings without the suppressed ones, and with what is wrong with the suppressions themselves. */
export function applySuppressions(
  file: LintedFile,
  found: readonly Diagnostic[],
  { rules, config }: { rules: SuppressionTargets; config: LintConfig },
): readonly Diagnostic[] {
  const suppressions = suppressionsOf(file.parsed);
  if (suppressions.length === 0) return found;
  const allowed = suppressions.map((suppression) => ({
    ...suppression,
    rules: suppression.rules.filter((name) => rules.find(name)?.suppressible ?? true),
  }));
  const kept = found.filter((diagnostic) => !suppressedBy(allowed, diagnostic));
  const problems = suppressions.flatMap((suppression) => problemsOf(suppression, found, rules));
  return [...kept, ...problems.flatMap((problem) => diagnosed(problem, file, config))];
}

/** What a suppression can name. */
export interface SuppressionTargets {
  /** A rule on one file, by id or code; undefined for others. */
  find(name: string): Pick<Rule, "suppressible"> | undefined;
  /** Whether a rule of that id or code exists at all. */
  exists(name: string): boolean;
}

interface Problem {
  readonly rule: keyof typeof SUPPRESSION_RULES;
  readonly suppression: Suppression;
  readonly message: string;
}

function problemsOf(
  suppression: Suppression,
  found: readonly Diagnostic[],
  rules: SuppressionTargets,
): readonly Problem[] {
  const problems: Problem[] = [];
  const { reason, covers } = suppression;
  if (reason === null) {
    problems.push({
      rule: "reason",
      suppression,
      message: "Unexpected suppression without a reason, expected `-- why` after the rule",
    });
  }
  for (const name of suppression.rules) {
    const message = problemOfName(name, { found, rules, covers });
    if (message !== null) problems.push({ rule: "used", suppression, message });
  }
  return problems;
}

function problemOfName(
  name: string,
  {
    found,
    rules,
    covers,
  }: { found: readonly Diagnostic[]; rules: SuppressionTargets; covers: number },
): string | null {
  if (!rules.exists(name))
    return `Unexpected suppression of \`${name}\`, expected a rule of \`chubc rules\``;
  const rule = rules.find(name);
  // Findings across documents are not known yet.
  if (rule === undefined) return null;
  if (rule.suppressible === false)
    return `Unexpected suppression of \`${name}\`: rules on safety cannot be switched off in a document`;
  const used = found.some(
    (diagnostic) =>
      (diagnostic.rule === name || diagnostic.code === name) &&
      diagnostic.range.start.line === covers,
  );
  return used
    ? null
    : `Unexpected suppression of \`${name}\`: there is no such finding on line ${covers}`;
}

function diagnosed(
  { rule, suppression, message }: Problem,
  file: LintedFile,
  config: LintConfig,
): readonly Diagnostic[] {
  const info = SUPPRESSION_RULES[rule];
  const { severity } = config.settingOf(info, file.path);
  if (severity === "off") return [];
  const range = rangeBetween(lineStartsOf(file.text), suppression.start, suppression.end);
  return [diagnosticOf(info, { file: file.path, range, message, severity })];
}
