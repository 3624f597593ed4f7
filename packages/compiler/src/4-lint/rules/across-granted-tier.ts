import { TIERS } from "@chub/registry";
import { placeOf } from "../file-outline.ts";
import { defineProjectRule } from "../project-rule.ts";

export const acrossGrantedTier = defineProjectRule({
  id: "across/granted-tier",
  code: "CHUB6003",
  severity: "error",
  summary: "No entry claims a higher trust tier than owners.yaml grants its namespace.",
  why: "The tier tells a reader whom to believe; a file cannot grant it to itself. Without owners.yaml nothing is granted and nothing is checked.",
  help: "Lower `source`, or have the owners of the tree grant the tier.",
  check({ entries, outlines, owners }, report) {
    if (owners.default === undefined && Object.keys(owners.namespaces).length === 0) return;
    for (const { author, claimedTier, path } of entries) {
      const own = Object.hasOwn(owners.namespaces, author) ? owners.namespaces[author] : undefined;
      const granted = own?.tier ?? owners.default ?? "community";
      if (claimedTier === undefined || TIERS.indexOf(claimedTier) >= TIERS.indexOf(granted))
        continue;
      report({
        file: path,
        range: placeOf(outlines.get(path), "metadata.source"),
        message: `Unexpected claim \`${claimedTier}\`, expected at most \`${granted}\`, the grant of \`${author}\``,
      });
    }
  },
});
