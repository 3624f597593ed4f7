import { createHash } from "node:crypto";
import type { Diagnostic } from "./diagnostic.ts";
import type { Report } from "./report.ts";
import { lineStartsOf } from "./text-position.ts";

/**
 * A name for each diagnostic that survives edits elsewhere in the file, in the order of the report.
 *
 * sha256 of rule, file, the text of the line without surrounding space, and how many of the same come before it.
 */
export function fingerprintsOf(report: Report): readonly string[] {
  const seen = new Map<string, number>();
  const starts = new Map<string, readonly number[]>();
  return report.diagnostics.map((diagnostic) => {
    const base = [diagnostic.rule, diagnostic.file, lineOf(diagnostic, report, starts)].join("\0");
    const nth = seen.get(base) ?? 0;
    seen.set(base, nth + 1);
    return createHash("sha256").update(`${base}\0${nth}`).digest("hex");
  });
}

function lineOf(
  { file, range }: Diagnostic,
  report: Report,
  cache: Map<string, readonly number[]>,
): string {
  const text = report.textOf(file);
  if (text === null) return "";
  const starts = cache.get(file) ?? lineStartsOf(text);
  cache.set(file, starts);
  return text
    .slice(starts[range.start.line - 1] ?? 0, starts[range.start.line] ?? text.length)
    .trim();
}
