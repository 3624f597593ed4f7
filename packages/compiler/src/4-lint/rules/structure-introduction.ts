import { defineRule } from "../rule.ts";

export const structureIntroduction = defineRule({
  id: "structure/introduction",
  code: "CHUB2007",
  severity: "info",
  kinds: ["doc"],
  summary: "The first code block comes within the first 2,400 characters of text.",
  why: "An agent looks for code that works; what comes before it should only help to choose the entry.",
  help: "Shorten the introduction, or move a first example up.",
  check({ codeBlocks, parsed: { frontmatter } }, report) {
    const [first] = codeBlocks;
    const start = frontmatter === null ? 0 : frontmatter.offset + frontmatter.yaml.length;
    const length = (first?.position?.start.offset ?? 0) - start;
    if (first === undefined || length <= MOST_CHARACTERS) return;
    report({
      at: first,
      message: `Unexpected introduction of ${length} characters before the first code block, expected at most ${MOST_CHARACTERS}`,
    });
  },
});

const MOST_CHARACTERS = 2400;
