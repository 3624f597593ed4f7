import type { Counts } from "../diagnostics/report.ts";
import { EXIT } from "./command.ts";
import type { LintOptions } from "./lint-options.ts";

/** 1 for errors or too many warnings. */
export function exitCodeFor({ error, warning }: Counts, { maxWarnings }: LintOptions): number {
  return error > 0 || warning > maxWarnings ? EXIT.findings : EXIT.clean;
}
