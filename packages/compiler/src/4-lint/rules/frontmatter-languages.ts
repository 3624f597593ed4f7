import { canonicalLanguage, languageNames } from "@chub/registry";
import { commaList } from "../../3-validate/comma-list.ts";
import { nearest } from "../../diagnostics/did-you-mean.ts";
import { metadataOf } from "../front-matter-data.ts";
import { frontmatterPlace } from "../front-matter-place.ts";
import { defineRule } from "../rule.ts";

export const frontmatterLanguages = defineRule({
  id: "frontmatter/languages",
  code: "CHUB1102",
  severity: "warning",
  kinds: ["doc"],
  summary: "Languages are canonical names of programming languages.",
  why: "`--lang` finds an entry only by a name that everyone uses.",
  help: "Use a canonical name, for example `javascript`, `python` or `go`.",
  check({ facts, parsed, text }, report) {
    if (facts === null) return;
    const place = frontmatterPlace(parsed, "metadata.languages");
    for (const written of commaList(metadataOf(parsed)["languages"])) {
      const canonical = canonicalLanguage(written);
      const at = placeOfItem(text, place, written);
      if (canonical === null) {
        const near = nearest(written, languageNames());
        report({
          at,
          message: `Unexpected language "${written.slice(0, 40)}", expected the name of a programming language`,
          ...(near !== null && { help: `Did you mean \`${near}\`?` }),
        });
      } else if (canonical !== written) {
        report({
          at,
          severity: "info",
          message: `Unexpected alias "${written.slice(0, 40)}", expected the canonical name \`${canonical}\``,
        });
      }
    }
  },
});

/** The item itself when it stands on the key's line; otherwise the whole value. */
function placeOfItem(
  text: string,
  [start, end]: readonly [number, number],
  item: string,
): readonly [number, number] {
  const at = text.slice(start, end).indexOf(item);
  return at === -1 ? [start, end] : [start + at, start + at + item.length];
}
