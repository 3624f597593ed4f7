import { frontmatterPlace } from "../front-matter-place.ts";
import { defineRule } from "../rule.ts";

export const frontmatterUpstream = defineRule({
  id: "frontmatter/upstream",
  code: "CHUB1111",
  severity: "warning",
  kinds: ["doc", "skill"],
  summary: "`upstream` lists https pages.",
  why: "It is where a reader checks whether the text still agrees with its authority.",
  help: "Write the full URL of the page, for example `https://docs.stripe.com/api`.",
  check({ facts, parsed }, report) {
    for (const url of facts?.upstream ?? []) {
      if (/^https:\/\/[^\s/@]+\.[^\s/@]+(?:\/\S*)?$/.test(url)) continue;
      report({
        at: frontmatterPlace(parsed, "metadata.upstream"),
        message: `Unexpected upstream "${url.slice(0, 100)}", expected an https URL`,
      });
    }
  },
});
