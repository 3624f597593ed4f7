import { defineRule } from "../rule.ts";

export const structureOneH1 = defineRule({
  id: "structure/one-h1",
  code: "CHUB2001",
  severity: "warning",
  kinds: ["doc", "skill"],
  summary: "An entry file has exactly one heading of level 1.",
  why: "It is the title that search results and outlines show; all sections hang below it.",
  help: "Keep one `# Title` at the top and write the others as `##`.",
  check(file, report) {
    const titles = file.headings.filter(({ depth }) => depth === 1);
    if (titles.length === 0 && file.parsed.tree.children.length > 0) {
      report({
        at: [
          bodyStart(file.text, file.parsed.frontmatter),
          bodyStart(file.text, file.parsed.frontmatter),
        ],
        message: "Missing heading of level 1",
      });
    }
    for (const title of titles.slice(1)) {
      report({
        at: title,
        message: `Unexpected heading of level 1, expected only one: the title is on line ${titles[0]?.position?.start.line}`,
      });
    }
  },
});

/** Offset of the first line after the front matter. */
function bodyStart(text: string, frontmatter: { offset: number; yaml: string } | null): number {
  if (frontmatter === null) return 0;
  const fence = text.indexOf("---", frontmatter.offset + frontmatter.yaml.length);
  const next = text.indexOf("\n", fence);
  return next === -1 ? text.length : next + 1;
}
