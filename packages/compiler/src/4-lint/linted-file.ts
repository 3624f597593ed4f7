import type { Node, Parent, Root } from "mdast";
import type { ParsedFile } from "../2-parse/parsed-file.ts";
import type { EntryFacts } from "../3-validate/entry-facts.ts";
import type { LintedFile, Surroundings } from "./rule.ts";

/** The nodes of a tree that rules ask for, from one walk. */
export function lintedFileOf(
  parsed: ParsedFile,
  facts: EntryFacts | null,
  surroundings: Surroundings,
): LintedFile {
  const nodes = nodesByType(parsed.tree);
  const list = <T extends Node>(type: T["type"]): readonly T[] =>
    (nodes.get(type) ?? []) as unknown as readonly T[];
  return {
    path: parsed.source.path,
    kind: parsed.kind,
    text: parsed.text,
    parsed,
    facts,
    headings: list("heading"),
    codeBlocks: list("code"),
    inlineCodes: list("inlineCode"),
    links: list("link"),
    images: list("image"),
    definitions: list("definition"),
    html: list("html"),
    tables: list("table"),
    codeRanges: rangesOf([...list("code"), ...list("inlineCode")]),
    options: {},
    surroundings,
  };
}

/** Iterative, so that no depth of nesting can overflow the stack; keeps document order. */
function nodesByType(root: Root): ReadonlyMap<string, Node[]> {
  const byType = new Map<string, Node[]>();
  const stack: Node[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const list = byType.get(node.type);
    if (list === undefined) byType.set(node.type, [node]);
    else list.push(node);
    if (!("children" in node)) continue;
    const { children } = node as Parent;
    for (let index = children.length - 1; index >= 0; index -= 1)
      stack.push(children[index] as Node);
  }
  return byType;
}

function rangesOf(nodes: readonly Node[]): readonly (readonly [number, number])[] {
  return nodes
    .map(({ position }) => [position?.start.offset ?? 0, position?.end.offset ?? 0] as const)
    .sort((a, b) => a[0] - b[0]);
}
