import { frontmatterPlace } from "../front-matter-place.ts";
import { defineRule } from "../rule.ts";

export const frontmatterDescription = defineRule({
  id: "frontmatter/description",
  code: "CHUB1101",
  severity: "warning",
  kinds: ["doc", "skill"],
  summary: "A description says in a sentence what the entry covers.",
  why: "It is what search ranks and what an agent reads before it decides to fetch the text.",
  help: "Say what the entry covers and when to use it, in one or two sentences.",
  check({ facts, parsed }, report) {
    if (facts === null || facts.description === "") return;
    const at = frontmatterPlace(parsed, "description");
    const words = wordsOf(facts.description);
    const known = new Set([...wordsOf(facts.name), ...wordsOf(facts.author)]);
    if (words.every((word) => known.has(word))) {
      report({
        at,
        message: "Unexpected description that repeats the name, expected what the entry covers",
      });
    } else if (words.length < FEWEST_WORDS) {
      report({
        at,
        message: `Unexpected description of ${words.length} words, expected at least ${FEWEST_WORDS}`,
      });
    }
  },
});

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

const FEWEST_WORDS = 3;
