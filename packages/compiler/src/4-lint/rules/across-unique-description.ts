import type { EntryFacts } from "../../3-validate/entry-facts.ts";
import { placeOf } from "../file-outline.ts";
import { defineProjectRule } from "../project-rule.ts";

export const acrossUniqueDescription = defineProjectRule({
  id: "across/unique-description",
  code: "CHUB6006",
  severity: "warning",
  summary: "Two entries do not have the same description.",
  why: "A search shows both, and nothing tells which one to take.",
  help: "Say what this entry covers that the other does not.",
  check({ entries, outlines }, report) {
    const first = new Map<string, EntryFacts>();
    for (const entry of entries) {
      const key = entry.description.toLowerCase().replace(/\W+/g, " ").trim();
      if (key === "") continue;
      const other = first.get(key);
      if (other === undefined) first.set(key, entry);
      if (other === undefined || other.id === entry.id) continue;
      report({
        file: entry.path,
        range: placeOf(outlines.get(entry.path), "description"),
        message: `Unexpected description that \`${other.id}\` has too`,
        labels: [
          {
            file: other.path,
            range: placeOf(outlines.get(other.path), "description"),
            message: "the same description",
          },
        ],
      });
    }
  },
});
