import { nearest } from "../../diagnostics/did-you-mean.ts";
import { placeOf } from "../file-outline.ts";
import { defineProjectRule } from "../project-rule.ts";

export const acrossReplacedBy = defineProjectRule({
  id: "across/replaced-by",
  code: "CHUB6005",
  severity: "warning",
  summary: "`replaced-by` names another entry of the tree.",
  why: "Readers of a deprecated entry are sent there.",
  help: "Correct the id.",
  check({ entries, outlines }, report) {
    const ids = new Set(entries.map(({ id }) => id));
    for (const { id, path, replacedBy } of entries) {
      if (replacedBy === undefined || (ids.has(replacedBy) && replacedBy !== id)) continue;
      const near = nearest(
        replacedBy,
        [...ids].filter((other) => other !== id),
      );
      report({
        file: path,
        range: placeOf(outlines.get(path), "metadata.replaced-by"),
        message:
          replacedBy === id
            ? `Unexpected replacement by itself`
            : `Unexpected replacement \`${replacedBy}\`, which does not exist`,
        ...(near !== null && { help: `Did you mean \`${near}\`?` }),
      });
    }
  },
});
