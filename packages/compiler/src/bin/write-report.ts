import { appendFileSync } from "node:fs";
import { formatFor, type Format } from "../diagnostics/formats.ts";
import { renderCompact } from "../diagnostics/render-compact.ts";
import { renderGithub } from "../diagnostics/render-github.ts";
import { renderJson, renderJsonl } from "../diagnostics/render-json.ts";
import { ansiPaint, plainPaint } from "../diagnostics/paint.ts";
import { renderPretty } from "../diagnostics/render-pretty.ts";
import { renderSarif } from "../diagnostics/render-sarif.ts";
import type { Counts, Report } from "../diagnostics/report.ts";
import type { CommandIo } from "./command.ts";

/** Writes a report in the format asked for, or in the one that suits whoever reads. */
export async function writeReport(
  report: Report,
  { format, noColor }: { format: Format | null; noColor: boolean },
  io: CommandIo,
): Promise<void> {
  const chosen = format ?? formatFor(io.env);
  if (chosen !== "github") return io.out(render(report, chosen, !noColor && hasColor(io)));
  const { annotations, stepSummary } = renderGithub(report);
  const summaryFile = io.env["GITHUB_STEP_SUMMARY"];
  if (stepSummary !== "" && summaryFile !== undefined) appendFileSync(summaryFile, stepSummary);
  return io.out(annotations);
}

function render(report: Report, format: Exclude<Format, "github">, color: boolean): string {
  switch (format) {
    case "pretty":
      return renderPretty(report, color ? ansiPaint : plainPaint);
    case "compact":
      return renderCompact(report);
    case "json":
      return renderJson(report);
    case "jsonl":
      return renderJsonl(report);
    case "sarif":
      return renderSarif(report);
  }
}

/** Source: https://no-color.org and https://force-color.org */
function hasColor({ env, outIsTerminal }: CommandIo): boolean {
  if ((env["NO_COLOR"] ?? "") !== "") return false;
  if ((env["FORCE_COLOR"] ?? "") !== "") return env["FORCE_COLOR"] !== "0";
  return outIsTerminal && env["TERM"] !== "dumb";
}

/** The line at the end of a run. */
export function summaryLine(
  { error, warning, info, fixable }: Counts,
  { files, fixed, elapsedMs }: { files: number; fixed: number; elapsedMs: number },
): string {
  const parts = [
    count(error, "error"),
    count(warning, "warning"),
    ...(info === 0 ? [] : [count(info, "note")]),
  ];
  const repaired = fixed === 0 ? "" : `, ${fixed} fixed`;
  const rest = fixable === 0 ? "" : ` (${fixable} fixable with --fix)`;
  return `${count(files, "file")}: ${parts.join(", ")}${repaired}${rest}, ${(elapsedMs / 1000).toFixed(1)} s\n`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
