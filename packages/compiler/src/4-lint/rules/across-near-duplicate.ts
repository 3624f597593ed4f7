import type { EntryFacts } from "../../3-validate/entry-facts.ts";
import { FILE_START } from "../../diagnostics/text-position.ts";
import { defineProjectRule, type Project } from "../project-rule.ts";
import { similarity } from "../text-sketch.ts";

export const acrossNearDuplicate = defineProjectRule({
  id: "across/near-duplicate",
  code: "CHUB6007",
  severity: "warning",
  summary: "Two entries do not have nearly the same text.",
  why: "Copies fall out of step, and a search answers twice with one thing.",
  help: "Keep one, and redirect the other id to it.",
  check(project, report) {
    const seen = new Map<number, EntryFacts[]>();
    for (const entry of project.entries) {
      const twin = nearestTwin(entry, project, seen);
      if (twin !== null) {
        const percent = Math.round(twin.similarity * 100);
        report({
          file: entry.path,
          range: FILE_START,
          message: `Unexpected text that is about ${percent} % the same as ${twin.entry.path}`,
        });
      }
      for (const hash of sketchOf(project, entry)) {
        const list = seen.get(hash);
        if (list === undefined) seen.set(hash, [entry]);
        else if (list.length < MOST_SHARERS) list.push(entry);
      }
    }
  },
});

/** Only texts that share a hash are compared, so that the whole tree takes linear time. */
function nearestTwin(
  entry: EntryFacts,
  project: Project,
  seen: ReadonlyMap<number, readonly EntryFacts[]>,
): { entry: EntryFacts; similarity: number } | null {
  const sketch = sketchOf(project, entry);
  if (sketch.length < FEWEST_LINES) return null;
  const shared = new Map<EntryFacts, number>();
  for (const hash of sketch) {
    for (const other of seen.get(hash) ?? []) {
      if (other.id !== entry.id) shared.set(other, (shared.get(other) ?? 0) + 1);
    }
  }
  let best: { entry: EntryFacts; similarity: number } | null = null;
  for (const [other, count] of shared) {
    if (count < sketch.length / 2) continue;
    const found = similarity(sketch, sketchOf(project, other));
    if (found >= LEAST_SIMILARITY && found > (best?.similarity ?? 0))
      best = { entry: other, similarity: found };
  }
  return best;
}

function sketchOf({ outlines }: Project, { path }: EntryFacts): readonly number[] {
  return outlines.get(path)?.sketch ?? [];
}

const FEWEST_LINES = 8;
const LEAST_SIMILARITY = 0.8;
/** A line that so many texts share is boilerplate. */
const MOST_SHARERS = 20;
