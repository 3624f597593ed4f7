import type { Counts } from "../diagnostics/report.ts";

export interface RunFigures {
  /** Files that were checked. */
  readonly files: number;
  /** Findings that were repaired. */
  readonly fixed: number;
  /** Files that an earlier run had checked. */
  readonly cached: number;
  readonly elapsedMs: number;
}

/** The line at the end of a run. */
export function summaryLine(
  { error, warning, info, fixable }: Counts,
  { files, fixed, cached, elapsedMs }: RunFigures,
): string {
  const parts = [
    count(error, "error"),
    count(warning, "warning"),
    ...(info === 0 ? [] : [count(info, "note")]),
    ...(fixed === 0 ? [] : [`${fixed} fixed`]),
  ];
  const fixes = fixable === 0 ? "" : ` (${fixable} fixable with --fix)`;
  const known = cached === 0 ? "" : `, ${cached} cached`;
  return `${count(files, "file")}: ${parts.join(", ")}${fixes}${known}, ${(elapsedMs / 1000).toFixed(1)} s\n`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
