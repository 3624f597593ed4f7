import type { Root } from "mdast";
import type { SourceFile } from "../1-discover/source-file.ts";

/** A Markdown file as text and tree. Positions in the tree are unist's: 1-based lines and columns, offsets in UTF-16 code units. */
export interface ParsedFile {
  readonly source: SourceFile;
  readonly kind: "doc" | "skill" | "reference";
  readonly text: string;
  readonly tree: Root;
  /** The YAML block; null without one. */
  readonly frontmatter: FrontmatterBlock | null;
}

export interface FrontmatterBlock {
  /** YAML text between the fences. */
  readonly yaml: string;
  /** UTF-16 offset of that text in the file. */
  readonly offset: number;
  /** The data, or null when the YAML does not parse. */
  readonly data: unknown;
}
