import type { EntryFacts } from "../../3-validate/entry-facts.ts";
import { placeOf } from "../file-outline.ts";
import { defineProjectRule } from "../project-rule.ts";

export const acrossUniqueVariant = defineProjectRule({
  id: "across/unique-variant",
  code: "CHUB6002",
  severity: "error",
  summary: "An entry has one document for a language and a version.",
  why: "Of two only one can be served, and nobody knows which.",
  help: "Remove one of the two, or correct its language or version.",
  check({ entries, outlines }, report) {
    const first = new Map<string, EntryFacts>();
    for (const entry of entries) {
      if (entry.type !== "doc") continue;
      const keys = entry.languages.flatMap((language) =>
        entry.versions.map((version) => `${entry.id} in ${language} for ${version}`),
      );
      const clash = keys.find((key) => first.has(key));
      for (const key of keys) if (!first.has(key)) first.set(key, entry);
      const other = clash === undefined ? undefined : first.get(clash);
      if (clash === undefined || other === undefined) continue;
      report({
        file: entry.path,
        range: placeOf(outlines.get(entry.path), "name"),
        message: `Unexpected second document of ${clash}: ${other.path} is one too`,
        labels: [
          {
            file: other.path,
            range: placeOf(outlines.get(other.path), "name"),
            message: "the other document",
          },
        ],
      });
    }
  },
});
