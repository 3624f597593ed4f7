import { commaList } from "../../3-validate/comma-list.ts";
import { yamlDocumentOf } from "../../2-parse/yaml-document.ts";
import { metadataOf } from "../front-matter-data.ts";
import { defineRule } from "../rule.ts";

export const frontmatterPlainList = defineRule({
  id: "frontmatter/plain-list",
  code: "CHUB1109",
  severity: "warning",
  fixable: "safe",
  kinds: ["doc", "skill"],
  summary: "Lists in `metadata` are comma-separated texts.",
  why: "The Agent Skills specification allows only texts there, and Context Hub's build stops at a YAML list.",
  help: "Write `tags: a, b` instead of a YAML list.",
  check({ parsed }, report) {
    const { frontmatter } = parsed;
    const lists = Object.entries(metadataOf(parsed)).filter(([, value]) => Array.isArray(value));
    if (frontmatter === null || lists.length === 0) return;
    const document = yamlDocumentOf(frontmatter.yaml);
    for (const [key, value] of lists) {
      const name = document.rangeOf(["metadata", key], "key");
      const range = document.rangeOf(["metadata", key], "value");
      if (name === null || range === null) continue;
      const [start, end] = [
        frontmatter.offset + name[1],
        frontmatter.offset + trimmedEnd(frontmatter.yaml, range),
      ];
      // A comment inside the list would be lost, and a comma inside an item would become two items.
      const items = (value as readonly unknown[]).map(String);
      const exact =
        !frontmatter.yaml.slice(range[0], range[1]).includes("#") &&
        !items.some((item) => item.includes(","));
      const edit = { start, end, text: `: ${JSON.stringify(commaList(value).join(","))}` };
      report({
        at: [frontmatter.offset + range[0], end],
        message: `Unexpected YAML list as \`${key}\`, expected a comma-separated text`,
        ...(exact && {
          fixes: [{ title: "Write it as a comma-separated text", kind: "safe", edits: [edit] }],
        }),
      });
    }
  },
});

/** The range of a block list goes on to the next key; its text ends earlier. */
function trimmedEnd(yaml: string, [start, end]: readonly [number, number]): number {
  return start + yaml.slice(start, end).trimEnd().length;
}
