import type { EntryFacts } from "../../3-validate/entry-facts.ts";
import { frontmatterPlace } from "../front-matter-place.ts";
import { defineRule } from "../rule.ts";
import { isVersionOf, type Ecosystem } from "../version-grammar.ts";

export const frontmatterVersions = defineRule({
  id: "frontmatter/versions",
  code: "CHUB1103",
  severity: "warning",
  kinds: ["doc"],
  summary:
    "Versions are exact versions of the package's ecosystem: semver for npm, PEP 440 for PyPI, or a day or month.",
  why: "Readers compare them with the version in their lock file; `latest` or `1.x` cannot be compared.",
  help: "Write the exact version that the text was checked against, for example `19.1.0`.",
  check({ facts, parsed }, report) {
    if (facts === null) return;
    const ecosystem = ecosystemOf(facts);
    const wrong = facts.versions.filter((version) => !isVersionOf(ecosystem, version));
    for (const version of wrong) {
      report({
        at: frontmatterPlace(parsed, "metadata.versions"),
        message: `Unexpected version "${version.slice(0, 40)}", expected ${EXPECTED[ecosystem]}`,
      });
    }
  },
});

/** By the first package URL; without one by the languages, when they all belong to one ecosystem. */
function ecosystemOf({ packages, languages }: EntryFacts): Ecosystem {
  const type = /^pkg:([a-z]+)\//.exec(packages[0] ?? "")?.[1];
  if (type === "npm" || type === "pypi") return type;
  if (type !== undefined) return "any";
  const homes = new Set(languages.map((language) => HOMES[language] ?? "any"));
  const [home] = homes;
  return homes.size === 1 && home !== undefined ? home : "any";
}

const HOMES: Readonly<Record<string, Ecosystem>> = {
  javascript: "npm",
  typescript: "npm",
  python: "pypi",
};
const EXPECTED: Readonly<Record<Ecosystem, string>> = {
  npm: "a semantic version such as `1.4.0` or a day such as `2026-11-24`",
  pypi: "a PEP 440 version such as `1.4.0` or a day such as `2026-11-24`",
  any: "an exact version such as `1.4.0` or a day such as `2026-11-24`",
};
