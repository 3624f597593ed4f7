import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";

/** Which fixes to apply: those that never change meaning, or also those that may. */
export type FixKinds = "safe" | "unsafe";

export interface FixResult {
  readonly text: string;
  /** Diagnostics whose fix was applied, over all rounds. */
  readonly fixed: number;
  /** Rules that undo each other, sorted; then the text is the one that was given. */
  readonly cycle: readonly string[];
}

/**
 * A text with the fixes of its diagnostics applied until nothing is left to fix.
 *
 * Fixes that overlap wait for the next round, where `lint` sees the new text. Rules that undo each other are named
 * instead of running for ever.
 */
export function fixText(
  text: string,
  kinds: FixKinds,
  lint: (text: string) => readonly Diagnostic[],
): FixResult {
  const seen = new Set([text]);
  let current = text;
  let fixed = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const chosen = chooseFixes(lint(current), kinds);
    const next = applyEdits(
      current,
      chosen.flatMap(({ fix }) => fix.edits),
    );
    if (next === current) return { text: current, fixed, cycle: [] };
    if (seen.has(next))
      return { text, fixed: 0, cycle: [...new Set(chosen.map(({ rule }) => rule))].sort() };
    seen.add(next);
    current = next;
    fixed += chosen.length;
  }
  return { text: current, fixed, cycle: [] };
}

interface ChosenFix {
  readonly rule: string;
  readonly fix: Fix;
}

/** The first applicable fix of each diagnostic, without overlaps. */
function chooseFixes(diagnostics: readonly Diagnostic[], kinds: FixKinds): readonly ChosenFix[] {
  const chosen: ChosenFix[] = [];
  const taken: Fix["edits"][number][] = [];
  for (const { rule, fixes = [] } of diagnostics) {
    const fix = fixes.find(({ kind }) => kind === "safe" || kind === kinds);
    if (fix === undefined || fix.edits.some((edit) => taken.some((other) => overlap(edit, other))))
      continue;
    chosen.push({ rule, fix });
    taken.push(...fix.edits);
  }
  return chosen;
}

/** Two insertions at one place overlap too: their order would be a matter of chance. */
function overlap(a: Fix["edits"][number], b: Fix["edits"][number]): boolean {
  return a.start <= b.end && b.start <= a.end;
}

function applyEdits(text: string, edits: Fix["edits"]): string {
  let result = "";
  let done = 0;
  for (const { start, end, text: replacement } of [...edits].sort((a, b) => a.start - b.start)) {
    result += text.slice(done, start) + replacement;
    done = end;
  }
  return result + text.slice(done);
}

const MOST_ROUNDS = 10;
