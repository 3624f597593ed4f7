import GithubSlugger from "github-slugger";
import type { Heading, Node, Parent, Root } from "mdast";

/** Slugs of the headings of a document, as GitHub makes them, in document order. */
export function anchorsOf(tree: Root): readonly string[] {
  const slugger = new GithubSlugger();
  return tree.children
    .filter((node): node is Heading => node.type === "heading")
    .map((heading) => slugger.slug(plainText(heading)));
}

/** The text of a node without its markup. */
export function plainText(node: Node): string {
  if ("value" in node && typeof node.value === "string")
    return node.type === "html" ? "" : node.value;
  if ("alt" in node && typeof node.alt === "string") return node.alt;
  return "children" in node ? (node as Parent).children.map(plainText).join("") : "";
}
