import { hash } from "node:crypto";
import { canonicalLanguage } from "@chub/registry";
import type { Code } from "mdast";
import type { ExtractedCode } from "./file-facts.ts";
import type { SourcePositions } from "./source-positions.ts";

/** A node and the index of the section it stands in. */
export interface Placed<T> {
  readonly node: T;
  readonly section: number;
}

/** The code blocks of the AST, in document order. */
export function describeCode(
  blocks: readonly Placed<Code>[],
  positions: SourcePositions,
): ExtractedCode[] {
  return blocks.map(({ node, section }, index) => {
    const lang = node.lang ?? null;
    return {
      index,
      lang,
      language: lang === null ? null : canonicalLanguage(lang),
      meta: node.meta ?? null,
      value: node.value,
      sha256: hash("sha256", node.value, "hex"),
      range: positions.range(node),
      section,
    };
  });
}
