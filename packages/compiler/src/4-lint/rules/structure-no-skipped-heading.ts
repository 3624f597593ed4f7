import { defineRule } from "../rule.ts";

export const structureNoSkippedHeading = defineRule({
  id: "structure/no-skipped-heading",
  code: "CHUB2002",
  severity: "warning",
  summary: "A heading is at most one level deeper than the one before it.",
  why: "Sections are cut by level: a skipped level leaves a section without a parent in the outline.",
  help: "Go down one level at a time.",
  check({ headings }, report) {
    let previous = 0;
    for (const heading of headings) {
      if (previous > 0 && heading.depth > previous + 1) {
        report({
          at: heading,
          message: `Unexpected heading of level ${heading.depth}, expected at most level ${previous + 1}`,
        });
      }
      previous = heading.depth;
    }
  },
});
