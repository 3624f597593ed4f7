import type { Root } from "mdast";

/** A Markdown parser: GFM and YAML front matter to mdast, with unist positions on every node. */
export interface MarkdownEngine {
  readonly id: "satteri" | "remark";
  /** Version of the parser: part of the key of everything cached. */
  readonly version: string;
  parse(text: string): Root;
}
