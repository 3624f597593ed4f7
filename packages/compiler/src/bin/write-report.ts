import { appendFileSync } from "node:fs";
import type { Format } from "../diagnostics/formats.ts";
import { ansiPaint, plainPaint } from "../diagnostics/paint.ts";
import { renderCompact } from "../diagnostics/render-compact.ts";
import { renderGithub } from "../diagnostics/render-github.ts";
import { renderJson, renderJsonl } from "../diagnostics/render-json.ts";
import { renderPretty } from "../diagnostics/render-pretty.ts";
import { renderSarif } from "../diagnostics/render-sarif.ts";
import type { Report } from "../diagnostics/report.ts";
import type { CommandIo } from "./command.ts";

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
