import type { Code, Definition, InlineCode, Nodes, Root } from "mdast";
import type { Placed } from "./code-blocks.ts";
import type { LinkNode } from "./links.ts";
import { plainText } from "./plain-text.ts";

/** What one walk over a tree finds, each list in document order. */
export interface CollectedNodes {
  readonly code: readonly Placed<Code>[];
  readonly inlineCode: readonly Placed<InlineCode>[];
  readonly links: readonly Placed<LinkNode>[];
  readonly definitions: readonly Definition[];
  /** Own prose of each section. */
  readonly prose: readonly string[];
}

/** Sections are cut at top-level headings only, as in `cutSections`. */
export function collectNodes(tree: Root): CollectedNodes {
  const found = { code: [], inlineCode: [], links: [], definitions: [] } satisfies Record<
    string,
    unknown[]
  >;
  const prose: string[][] = [[]];
  for (const node of tree.children) {
    if (node.type === "heading") prose.push([]);
    else if (node.type !== "yaml") collectProse(node, prose.at(-1)!);
    collect(node, prose.length - 1, found);
  }
  return { ...found, prose: prose.map((parts) => parts.join("\n")) };
}

interface Found {
  readonly code: Placed<Code>[];
  readonly inlineCode: Placed<InlineCode>[];
  readonly links: Placed<LinkNode>[];
  readonly definitions: Definition[];
}

function collect(node: Nodes, section: number, found: Found): void {
  switch (node.type) {
    case "code":
      found.code.push({ node, section });
      return;
    case "inlineCode":
      found.inlineCode.push({ node, section });
      return;
    case "definition":
      found.definitions.push(node);
      return;
    case "link":
    case "linkReference":
    case "image":
    case "imageReference":
      found.links.push({ node, section });
      break;
    default:
  }
  if ("children" in node) for (const child of node.children) collect(child, section, found);
}

/** Text of a block, one line per paragraph, list item or row; code blocks and HTML have none. */
function collectProse(node: Nodes, lines: string[]): void {
  if (CONTAINERS.has(node.type) && "children" in node) {
    for (const child of node.children) collectProse(child, lines);
    return;
  }
  const line = plainText(node);
  if (line !== "") lines.push(line);
}

const CONTAINERS = new Set(["list", "listItem", "blockquote", "table", "footnoteDefinition"]);
