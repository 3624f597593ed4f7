import { metadataOf } from "../front-matter-data.ts";
import { frontmatterPlace } from "../front-matter-place.ts";
import { defineRule } from "../rule.ts";

export const frontmatterRevision = defineRule({
  id: "frontmatter/revision",
  code: "CHUB1106",
  severity: "warning",
  kinds: ["doc", "skill"],
  summary: "`revision` is there.",
  why: "It is how a reader's notes know that the text changed although the version of the package did not.",
  help: 'Start with `revision: "1"` and count up with every change of the text.',
  check({ facts, parsed }, report) {
    if (facts === null || metadataOf(parsed)["revision"] !== undefined) return;
    report({ at: frontmatterPlace(parsed, "metadata"), message: "Missing key `revision`" });
  },
});
