import { byCodeUnit } from "@chub/registry";
import type { Diagnostic } from "./diagnostic.ts";

/** Diagnostics by file, place, code and message, without repeats: the same list whatever order they were found in. */
export function orderDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const sorted = [...diagnostics].sort(compare);
  return sorted.filter((diagnostic, index) => {
    const previous = sorted[index - 1];
    return previous === undefined || compare(previous, diagnostic) !== 0;
  });
}

function compare(a: Diagnostic, b: Diagnostic): number {
  return (
    byCodeUnit(a.file, b.file) ||
    a.range.start.offset - b.range.start.offset ||
    a.range.end.offset - b.range.end.offset ||
    byCodeUnit(a.code, b.code) ||
    byCodeUnit(a.message, b.message)
  );
}

/** At most so many of one rule in one file; the rest become one line that says how many there are. */
export function capDiagnostics(
  diagnostics: readonly Diagnostic[],
  most: number,
): readonly Diagnostic[] {
  const totals = new Map<string, number>();
  for (const { file, rule } of diagnostics)
    totals.set(`${file}\0${rule}`, (totals.get(`${file}\0${rule}`) ?? 0) + 1);
  const seen = new Map<string, number>();
  return diagnostics.flatMap((diagnostic) => {
    const key = `${diagnostic.file}\0${diagnostic.rule}`;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    const total = totals.get(key) ?? 0;
    if (count < most || total <= most) return [diagnostic];
    if (count > most) return [];
    return [
      { ...diagnostic, message: `${diagnostic.message} (and ${total - most} more in this file)` },
    ];
  });
}
