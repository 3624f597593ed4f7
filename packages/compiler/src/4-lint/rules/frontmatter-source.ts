import { metadataOf } from "../front-matter-data.ts";
import { frontmatterPlace } from "../front-matter-place.ts";
import { defineRule } from "../rule.ts";

export const frontmatterSource = defineRule({
  id: "frontmatter/source",
  code: "CHUB1107",
  severity: "info",
  kinds: ["doc", "skill"],
  summary: "`source` says which trust tier the author claims.",
  why: "Without a claim an entry is `community`, whatever its namespace is granted.",
  help: "Add `source: community`, or the tier that owners.yaml grants.",
  check({ facts, parsed }, report) {
    if (facts === null || metadataOf(parsed)["source"] !== undefined) return;
    report({ at: frontmatterPlace(parsed, "metadata"), message: "Missing key `source`" });
  },
});
