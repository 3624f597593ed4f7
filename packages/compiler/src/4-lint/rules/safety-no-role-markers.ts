import { ROLE_TAG } from "../agent-phrases.ts";
import { isInRanges } from "../code-ranges.ts";
import { defineRule } from "../rule.ts";

export const safetyNoRoleMarkers = defineRule({
  id: "safety/no-role-markers",
  code: "CHUB5107",
  severity: "error",
  suppressible: false,
  summary: "No role markers, tool calls or tool results of chat formats outside code.",
  why: "They pretend that the document has ended and that somebody else speaks.",
  help: "Write them as code when the text is about them.",
  check({ text, codeRanges }, report) {
    if (!HINT.test(text)) return;
    for (const { 0: found, index: start } of text.matchAll(MARKER)) {
      if (isInRanges(codeRanges, start)) continue;
      report({
        at: [start, start + found.length],
        message: `Unexpected role marker \`${found.trim().slice(0, 40)}\``,
      });
    }
  },
});

const HINT =
  /<\||\[\/?INST\]|<<\/?SYS>>|<\/?(?:system|assistant|human|user|tool_|function_|invoke|antml|im_)|^(?:system|assistant|human): /im;
/** Template tokens, tags, and a line that starts with the name of a role and goes on as speech. */
const MARKER = new RegExp(
  `<\\|[a-z_]{2,30}\\|>|\\[/?INST\\]|<</?SYS>>|${ROLE_TAG.source}|^(?:System|Assistant|Human): (?=you\\b|I\\b|please\\b|ignore\\b)`,
  "gim",
);
