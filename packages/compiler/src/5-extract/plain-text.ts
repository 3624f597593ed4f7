import type { Nodes } from "mdast";

/** Text of a node with the Markdown marks removed: inline code and alternative texts are kept, HTML is not. One line. */
export function plainText(node: Nodes): string {
  const parts: string[] = [];
  collect(node, parts);
  return parts.join("").replace(/\s+/g, " ").trim();
}

function collect(node: Nodes, parts: string[]): void {
  if (node.type === "text" || node.type === "inlineCode") parts.push(node.value);
  else if (node.type === "image" || node.type === "imageReference") parts.push(node.alt ?? "");
  else if (node.type === "break") parts.push(" ");
  else if ("children" in node) {
    for (const child of node.children) collect(child, parts);
    if (SEPARATE.has(node.type)) parts.push(" ");
  }
}

/** Nodes whose text does not run on into the next one. */
const SEPARATE = new Set([
  "paragraph",
  "heading",
  "listItem",
  "tableCell",
  "tableRow",
  "blockquote",
]);
