import type { Node } from "mdast";
import type { ParsedFile } from "../2-parse/parsed-file.ts";
import type { EntryFacts } from "../3-validate/entry-facts.ts";
import { nodesByType } from "./nodes-by-type.ts";
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

function rangesOf(nodes: readonly Node[]): readonly (readonly [number, number])[] {
  return nodes
    .map(({ position }) => [position?.start.offset ?? 0, position?.end.offset ?? 0] as const)
    .sort((a, b) => a[0] - b[0]);
}
