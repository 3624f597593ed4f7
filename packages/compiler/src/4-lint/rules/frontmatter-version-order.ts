import { frontmatterPlace } from "../front-matter-place.ts";
import { defineRule } from "../rule.ts";
import { isPreRelease } from "../version-grammar.ts";

export const frontmatterVersionOrder = defineRule({
  id: "frontmatter/version-order",
  code: "CHUB1104",
  severity: "info",
  kinds: ["doc"],
  summary: "In a list of versions stable ones come before pre-releases.",
  why: "Some readers take the first version of the list as the one to serve.",
  help: "Put the newest stable version first.",
  check({ facts, parsed }, report) {
    const versions = facts?.versions ?? [];
    const first = versions.findIndex((version) => isPreRelease(version) === true);
    const stable = versions.slice(first + 1).find((version) => isPreRelease(version) === false);
    if (first === -1 || stable === undefined) return;
    report({
      at: frontmatterPlace(parsed, "metadata.versions"),
      message: `Unexpected pre-release ${versions[first]} before ${stable}, expected stable versions first`,
    });
  },
});
