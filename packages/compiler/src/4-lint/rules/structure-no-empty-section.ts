import { plainText } from "../anchors.ts";
import { defineRule } from "../rule.ts";

export const structureNoEmptySection = defineRule({
  id: "structure/no-empty-section",
  code: "CHUB2003",
  severity: "warning",
  summary: "Every heading has text: in its section or in sections below it.",
  why: "A section is what a search answers with; an empty one answers nothing.",
  help: "Write the section or remove the heading.",
  check({ parsed }, report) {
    const { children } = parsed.tree;
    children.forEach((node, index) => {
      if (node.type !== "heading") return;
      const next = children[index + 1];
      if (next !== undefined && (next.type !== "heading" || next.depth > node.depth)) return;
      report({
        at: node,
        message: `Unexpected empty section "${plainText(node).slice(0, 60)}", expected text below the heading`,
      });
    });
  },
});
