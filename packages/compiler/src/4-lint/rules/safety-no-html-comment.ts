import { agentPhrases } from "../agent-phrases.ts";
import { defineRule } from "../rule.ts";
import { isSuppression } from "../suppressions.ts";

export const safetyNoHtmlComment = defineRule({
  id: "safety/no-html-comment",
  code: "CHUB5104",
  severity: "error",
  suppressible: false,
  summary: "No HTML comments outside code.",
  why: "A comment is invisible to whoever reviews the rendered page, and plain text to a model.",
  help: "Write it as text, or remove it.",
  check({ html, text }, report) {
    for (const node of html) {
      if (!node.value.includes("<!--") || isSuppression(node.value)) continue;
      const start = node.position?.start.offset ?? 0;
      const end = node.position?.end.offset ?? start;
      const comment = text.slice(start, end);
      const harmless = comment.length <= SHORT && agentPhrases(comment).length === 0;
      report({
        at: node,
        message: "Unexpected HTML comment, expected visible text",
        ...(harmless && { severity: "warning" }),
      });
    }
  },
});

/** A remark of one line to other authors. */
const SHORT = 80;
