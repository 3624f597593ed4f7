import { defineRule } from "../rule.ts";

export const structureFileLength = defineRule({
  id: "structure/file-length",
  code: "CHUB2005",
  severity: "warning",
  kinds: ["doc", "skill"],
  summary: "An entry file has at most 500 lines.",
  why: "It is read whole; what not every reader needs belongs into a file of its own that is fetched when it is needed.",
  help: "Move sections into `references/*.md` beside the file and link them.",
  check({ text }, report) {
    let lines = 0;
    let at = -1;
    while ((at = text.indexOf("\n", at + 1)) !== -1) {
      lines += 1;
      if (lines === MOST_LINES) break;
    }
    const total =
      lines < MOST_LINES
        ? lines
        : lines + (text.slice(at + 1).match(/[^\n]*\n|[^\n]+$/g)?.length ?? 0);
    if (total > MOST_LINES) {
      report({
        at: [at + 1, at + 1],
        message: `Unexpected length of ${total} lines, expected at most ${MOST_LINES}`,
      });
    }
  },
});

const MOST_LINES = 500;
