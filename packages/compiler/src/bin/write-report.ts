import { appendFileSync } from "node:fs";
import { type Format, formatFor } from "../diagnostics/formats.ts";
import { ansiPaint, plainPaint } from "../diagnostics/paint.ts";
import { renderCompact } from "../diagnostics/render-compact.ts";
import { renderGithub } from "../diagnostics/render-github.ts";
import { renderJson, renderJsonl } from "../diagnostics/render-json.ts";
import { renderPretty } from "../diagnostics/render-pretty.ts";
import { renderSarif } from "../diagnostics/render-sarif.ts";
import type { Report } from "../diagnostics/report.ts";
import type { CommandIo } from "./command.ts";
import { hasColor } from "./has-color.ts";

/** A report as text for standard output; in GitHub Actions the rest goes to the summary of the step. */
export function reportText(
  report: Report,
  { format, color }: { readonly format: Format; readonly color: boolean },
  { env }: Pick<CommandIo, "env">,
): string {
  if (format !== "github") return render(report, format, color);
  const { annotations, stepSummary } = renderGithub(report);
  const summaryFile = env["GITHUB_STEP_SUMMARY"];
  if (stepSummary !== "" && summaryFile !== undefined) appendFileSync(summaryFile, stepSummary);
  return annotations;
}

/** Writes a report in the format asked for, or in the one that suits whoever reads. */
export async function writeReport(
  report: Report,
  { format, noColor }: { readonly format: Format | null; readonly noColor: boolean },
  io: CommandIo,
): Promise<void> {
  const chosen = { format: format ?? formatFor(io.env), color: hasColor(io, { noColor }) };
  await io.out(reportText(report, chosen, io));
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
