import type { Diagnostic, Severity } from "./diagnostic.ts";
import type { RuleInfo } from "./rule-info.ts";

/** Everything that renderers show of a run. */
export interface Report {
  /** In order, see `orderDiagnostics`. */
  readonly diagnostics: readonly Diagnostic[];
  /** Files that were checked. */
  readonly files: number;
  /** What to put before a diagnostic's path so that it is relative to where the reader stands, e.g. `content/`. */
  readonly prefix: string;
  /** Text of a file, for code frames and fingerprints; null for files that are not text. */
  textOf(file: string): string | null;
  /** All rules, sorted by code. */
  readonly rules: readonly RuleInfo[];
  /** Version of the compiler. */
  readonly version: string;
}

export interface Counts {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
  /** Findings that `--fix` repairs. */
  readonly fixable: number;
}

/** How many findings there are of each severity. */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): Counts {
  const of = (severity: Severity): number =>
    diagnostics.filter((item) => item.severity === severity).length;
  return {
    error: of("error"),
    warning: of("warning"),
    info: of("info"),
    fixable: diagnostics.filter(isFixable).length,
  };
}

/** Whether `--fix` repairs it. */
export function isFixable({ fixes }: Diagnostic): boolean {
  return fixes?.some(({ kind }) => kind === "safe") ?? false;
}

/** Page about a rule. */
export function ruleUrl(rule: string): string {
  return `https://github.com/chub-dev/chub/blob/main/docs/rules/${rule}.md`;
}
