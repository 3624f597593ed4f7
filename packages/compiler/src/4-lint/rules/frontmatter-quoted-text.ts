import { frontmatterPlaces } from "../front-matter-place.ts";
import { metadataOf } from "../front-matter-data.ts";
import { defineRule } from "../rule.ts";

export const frontmatterQuotedText = defineRule({
  id: "frontmatter/quoted-text",
  code: "CHUB1110",
  severity: "warning",
  fixable: "safe",
  kinds: ["doc", "skill"],
  summary: "Texts that other YAML readers take for a number, a day or a truth value are in quotes.",
  why: "`versions: 1.10` is the number 1.1 to most readers, and `languages: no` is false to some.",
  help: "Put the value in double quotes.",
  check({ parsed, text }, report) {
    const metadata = metadataOf(parsed);
    for (const [key, [start, end]] of Object.entries(frontmatterPlaces(parsed))) {
      const name = key.startsWith("metadata.") ? key.slice("metadata.".length) : key;
      const written = text.slice(start, end);
      if (!CHECKED.has(name) || !AMBIGUOUS.test(written)) continue;
      if (key !== name && metadata[name] !== written) continue;
      report({
        at: [start, end],
        message: `Unexpected ${written} without quotes as \`${name}\`, expected "${written}"`,
        fixes: [
          {
            title: "Put it in quotes",
            kind: "safe",
            edits: [{ start, end, text: `"${written}"` }],
          },
        ],
      });
    }
  },
});

/** `revision` and `updated-on` read the same as number, day or text, so that quotes are a matter of taste there. */
const CHECKED: ReadonlySet<string> = new Set(["name", "versions", "languages", "tags", "aliases"]);
/** Numbers of YAML 1.1 and 1.2, days, and truth values of YAML 1.1. */
const AMBIGUOUS =
  /^(?:[-+]?(?:\d[\d_]*)?(?:\.\d*)?(?:e[-+]?\d+)?|0[xo][\da-f]+|\d{4}-\d\d-\d\d|y|yes|n|no|on|off|true|false|null|~)$/i;
