import type { ParsedFile } from "../2-parse/parsed-file.ts";
import { describeCode } from "./code-blocks.ts";
import { collectNodes } from "./collect-nodes.ts";
import type { FileFacts, SectionText } from "./file-facts.ts";
import { describeIdentifiers } from "./identifiers.ts";
import { describeLinks } from "./links.ts";
import { cutSections, describeSections } from "./sections.ts";
import { sourcePositions } from "./source-positions.ts";
import type { TokenCounter } from "./tokens/token-counter.ts";

/**
 * Everything later phases need of a Markdown file, so that its tree can be dropped.
 *
 * **Units**: offsets in UTF-8 bytes of the file, tokens in o200k_base.
 * **Errors**: none; any tree has facts.
 */
export function extractFile(parsed: ParsedFile, countTokens: TokenCounter): FileFacts {
  const { source, text, tree } = parsed;
  const positions = sourcePositions(text, source.bytes);
  const nodes = collectNodes(tree);
  const sections = describeSections(cutSections(tree, text, positions), {
    tree,
    text,
    positions,
    countTokens,
  });
  const code = describeCode(nodes.code, positions);
  return {
    path: source.path,
    kind: parsed.kind,
    source: {
      sha256: source.sha256,
      size: source.bytes.length,
      lines: positions.lines,
      eol: positions.eol,
    },
    frontmatter: isRecord(parsed.frontmatter?.data) ? parsed.frontmatter.data : null,
    title: sections.find(({ depth }) => depth === 1)?.heading ?? null,
    tokens: sections.reduce((sum, { bodyTokens }) => sum + bodyTokens, 0),
    sections,
    code,
    links: describeLinks(nodes.links, { text, positions, definitions: nodes.definitions }),
    identifiers: describeIdentifiers(code, nodes.inlineCode),
    texts: sectionTexts(nodes.prose, code),
  };
}

function sectionTexts(prose: readonly string[], code: FileFacts["code"]): SectionText[] {
  const blocks: string[][] = prose.map(() => []);
  for (const { section, value } of code) blocks[section]!.push(value);
  return prose.map((text, index) => ({ text, code: blocks[index]!.join("\n") }));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
