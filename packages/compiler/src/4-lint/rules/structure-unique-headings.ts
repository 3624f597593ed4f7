import { plainText } from "../anchors.ts";
import { defineRule } from "../rule.ts";

export const structureUniqueHeadings = defineRule({
  id: "structure/unique-headings",
  code: "CHUB2004",
  severity: "warning",
  summary: "Two headings of one parent do not have the same text.",
  why: "The address of a section is made of its heading; the second of two equal ones gets a number that moves when the first is removed.",
  help: "Say in the heading what makes the section different.",
  check({ headings }, report) {
    const open: { depth: number; seen: Map<string, number> }[] = [{ depth: 0, seen: new Map() }];
    for (const heading of headings) {
      while ((open.at(-1)?.depth ?? 0) >= heading.depth) open.pop();
      const text = plainText(heading).trim();
      const parent = open.at(-1);
      const first = parent?.seen.get(text.toLowerCase());
      const line = heading.position?.start.line ?? 1;
      if (first === undefined) parent?.seen.set(text.toLowerCase(), line);
      else
        report({
          at: heading,
          message: `Unexpected second heading "${text.slice(0, 60)}" of the same parent: the first is on line ${first}`,
        });
      open.push({ depth: heading.depth, seen: new Map() });
    }
  },
});
