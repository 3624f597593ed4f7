import type { Definition, Image, ImageReference, Link, LinkReference } from "mdast";
import type { Placed } from "./code-blocks.ts";
import type { ExtractedLink } from "./file-facts.ts";
import { plainText } from "./plain-text.ts";
import type { SourcePositions } from "./source-positions.ts";
import { startOf } from "./source-positions.ts";

export type LinkNode = Link | LinkReference | Image | ImageReference;

/** What `describeLinks` reads besides the nodes. */
export interface LinkInputs {
  readonly text: string;
  readonly positions: SourcePositions;
  readonly definitions: readonly Definition[];
}

/** The links and images of the AST, in document order. A reference without a definition is no link. */
export function describeLinks(
  links: readonly Placed<LinkNode>[],
  inputs: LinkInputs,
): ExtractedLink[] {
  const targets = new Map<string, string>();
  // CommonMark: the first definition of a label counts.
  for (const { identifier, url } of inputs.definitions)
    if (!targets.has(identifier)) targets.set(identifier, url);
  return links.flatMap(({ node, section }) => {
    const target = "url" in node ? node.url : targets.get(node.identifier);
    if (target === undefined) return [];
    return [
      {
        kind: kindOf(node, inputs.text),
        target,
        text: plainText(node),
        range: inputs.positions.range(node),
        section,
      },
    ];
  });
}

function kindOf(node: LinkNode, text: string): ExtractedLink["kind"] {
  if (node.type === "image" || node.type === "imageReference") return "image";
  if (node.type === "linkReference") return "reference";
  return text[startOf(node)] === "[" ? "inline" : "autolink";
}
