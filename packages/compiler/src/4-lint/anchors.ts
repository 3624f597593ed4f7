import GithubSlugger from "github-slugger";
import type { Heading, Node, Parent, Root } from "mdast";

/** Texts of the headings of a document, in document order. */
export function headingTexts(tree: Root): readonly string[] {
  return tree.children
    .filter((node): node is Heading => node.type === "heading")
    .map((heading) => plainText(heading));
}

/** Anchors of headings as GitHub makes them. They are made on demand: most documents are linked as a whole. */
export function anchorsOf(headings: readonly string[]): ReadonlySet<string> {
  const slugger = new GithubSlugger();
  return new Set(headings.map((text) => slugger.slug(text)));
}

/** The text of a node without its markup. */
export function plainText(node: Node): string {
  if ("value" in node && typeof node.value === "string")
    return node.type === "html" ? "" : node.value;
  if ("alt" in node && typeof node.alt === "string") return node.alt;
  return "children" in node ? (node as Parent).children.map(plainText).join("") : "";
}
