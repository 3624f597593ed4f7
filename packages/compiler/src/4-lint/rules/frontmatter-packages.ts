import { parsePackageUrl } from "@chub/registry";
import { frontmatterPlace } from "../front-matter-place.ts";
import { defineRule } from "../rule.ts";

export const frontmatterPackages = defineRule({
  id: "frontmatter/packages",
  code: "CHUB1108",
  severity: "warning",
  kinds: ["doc", "skill"],
  summary:
    "`packages` lists package URLs with exact versions, and one of the versions is among `versions`.",
  why: "The code of the text is proved against these packages, and a lock file finds the text by them.",
  help: "Write for example `pkg:npm/stripe@19.1.0`.",
  check({ facts, parsed }, report) {
    if (facts === null || facts.packages.length === 0) return;
    const at = frontmatterPlace(parsed, "metadata.packages");
    const urls = facts.packages.map((written) => ({ written, url: parsePackageUrl(written) }));
    for (const { written, url } of urls) {
      if (url === null) {
        report({
          at,
          message: `Unexpected package "${written.slice(0, 80)}", expected a package URL`,
        });
      } else if (url.version === undefined || url.version === null) {
        report({
          at,
          message: `Unexpected package "${written.slice(0, 80)}" without a version, expected an exact one`,
        });
      }
    }
    const versions = urls.flatMap(({ url }) => url?.version ?? []);
    if (
      facts.type === "doc" &&
      versions.length > 0 &&
      !versions.some((version) => facts.versions.includes(version))
    ) {
      report({
        at,
        message: `Unexpected package version ${versions.join(", ")}, expected one of \`versions\`: ${facts.versions.join(", ")}`,
      });
    }
  },
});
