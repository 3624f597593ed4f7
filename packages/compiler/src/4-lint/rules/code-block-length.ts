import { defineRule } from "../rule.ts";

export const codeBlockLength = defineRule({
  id: "code/block-length",
  code: "CHUB3005",
  severity: "info",
  summary: "A code block has at most 150 lines.",
  why: "A reader needs the lines that matter; whole files belong beside the document.",
  help: "Split the block, or move the file into the entry's folder and link it.",
  check({ codeBlocks }, report) {
    for (const code of codeBlocks) {
      const lines = code.value.split("\n").length;
      if (lines <= MOST_LINES) continue;
      report({
        at: code,
        message: `Unexpected code block of ${lines} lines, expected at most ${MOST_LINES}`,
      });
    }
  },
});

const MOST_LINES = 150;
