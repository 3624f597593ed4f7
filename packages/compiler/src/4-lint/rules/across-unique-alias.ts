import { placeOf } from "../file-outline.ts";
import { defineProjectRule } from "../project-rule.ts";

export const acrossUniqueAlias = defineProjectRule({
  id: "across/unique-alias",
  code: "CHUB6008",
  severity: "warning",
  summary: "An alias belongs to one entry.",
  why: "An alias of two entries leads to neither: the reader has to choose.",
  help: "Leave the alias to the entry that people mean by it.",
  check({ entries, outlines }, report) {
    const owners = new Map<string, string>();
    for (const { aliases, id, path } of entries) {
      for (const alias of aliases) {
        const key = alias.toLowerCase();
        const owner = owners.get(key);
        if (owner === undefined) owners.set(key, id);
        else if (owner !== id) {
          report({
            file: path,
            range: placeOf(outlines.get(path), "metadata.aliases"),
            message: `Unexpected alias "${alias.slice(0, 60)}": \`${owner}\` has it too`,
          });
        }
      }
    }
  },
});
