import { renderFrame } from "./code-frame.ts";
import type { Diagnostic, Severity } from "./diagnostic.ts";
import type { Paint, Style } from "./paint.ts";
import type { Report } from "./report.ts";
import { lineStartsOf } from "./text-position.ts";
import { visibleText } from "./visible-text.ts";

export { ansiPaint, plainPaint } from "./paint.ts";

/** Diagnostics for a person: what, where with the lines around it, what to do. Ends with an empty line. */
export function renderPretty(report: Report, paint: Paint): string {
  const linesOf = lineStartsByFile(report);
  return report.diagnostics
    .map((diagnostic) => `${renderOne(diagnostic, { report, paint, linesOf })}\n\n`)
    .join("");
}

interface Rendering {
  readonly report: Report;
  readonly paint: Paint;
  readonly linesOf: (file: string) => { text: string; starts: readonly number[] } | null;
}

function renderOne(diagnostic: Diagnostic, { report, paint, linesOf }: Rendering): string {
  const { severity, code, rule, message, file, range, help, labels = [], fixes = [] } = diagnostic;
  const lines = [
    `${paint(STYLES[severity], `${severity} ${code}`)} ${paint("bold", visibleText(message))} ${paint("dim", rule)}`,
    `  ${paint("cyan", `${visibleText(report.prefix + file)}:${range.start.line}:${range.start.column}`)}`,
  ];
  const source = linesOf(file);
  if (source !== null)
    lines.push(...renderFrame({ ...source, range, style: STYLES[severity], paint }));
  for (const { message: note, file: other = file, range: place } of labels) {
    lines.push(
      `  note: ${visibleText(note)}: ${visibleText(report.prefix + other)}:${place.start.line}:${place.start.column}`,
    );
  }
  if (help !== undefined) lines.push(`  ${paint("dim", "help:")} ${visibleText(help)}`);
  const safe = fixes.find(({ kind }) => kind === "safe");
  if (safe !== undefined)
    lines.push(`  ${paint("dim", "fix:")} ${visibleText(safe.title)} (--fix)`);
  return lines.join("\n");
}

/** Frames of one file share its line starts. */
function lineStartsByFile(report: Report): Rendering["linesOf"] {
  let last: { file: string; found: { text: string; starts: readonly number[] } | null } | null =
    null;
  return (file) => {
    if (last?.file !== file) {
      const text = report.textOf(file);
      last = { file, found: text === null ? null : { text, starts: lineStartsOf(text) } };
    }
    return last.found;
  };
}

const STYLES: Readonly<Record<Severity, Style>> = { error: "red", warning: "yellow", info: "blue" };
