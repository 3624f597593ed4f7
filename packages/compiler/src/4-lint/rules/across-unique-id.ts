import type { EntryFacts } from "../../3-validate/entry-facts.ts";
import { placeOf } from "../file-outline.ts";
import { defineProjectRule } from "../project-rule.ts";

export const acrossUniqueId = defineProjectRule({
  id: "across/unique-id",
  code: "CHUB6001",
  severity: "error",
  summary:
    "An id means one entry: not a document and a skill, and not two ids that differ only by case.",
  why: "Readers ask by id; with two owners of one id neither can be served for certain.",
  help: "Rename one of the two entries.",
  check({ entries, outlines }, report) {
    const first = new Map<string, EntryFacts>();
    for (const entry of entries) {
      const key = entry.id.toLowerCase();
      const other = first.get(key);
      if (other === undefined) first.set(key, entry);
      else if (clash(other, entry)) {
        report({
          file: entry.path,
          range: placeOf(outlines.get(entry.path), "name"),
          message: `Unexpected id \`${entry.id}\`: ${other.path} has it too`,
          labels: [
            {
              file: other.path,
              range: placeOf(outlines.get(other.path), "name"),
              message: "the other entry",
            },
          ],
        });
      }
    }
  },
});

function clash(a: EntryFacts, b: EntryFacts): boolean {
  return a.id !== b.id || a.type !== b.type || a.type === "skill";
}
