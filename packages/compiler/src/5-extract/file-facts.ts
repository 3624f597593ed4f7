import type { CodeBlock, DocumentAst, Identifier, Link, Section } from "@chub/registry";

/**
 * What a Markdown file says, without the tree: the AST of the artifact as far as one file can know it, and the text for search.
 *
 * Pure data; depends on nothing but the bytes of the file, so it can be cached by their digest.
 */
export interface FileFacts {
  readonly path: string;
  readonly kind: DocumentAst["kind"];
  readonly source: Readonly<DocumentAst["source"]>;
  readonly frontmatter: Readonly<Record<string, unknown>> | null;
  /** Text of the first H1. */
  readonly title: string | null;
  /** o200k_base tokens of the whole file. */
  readonly tokens: number;
  readonly sections: readonly Section[];
  /** What was proved about a block is added by the verifier. */
  readonly code: readonly ExtractedCode[];
  /** Whether a relative link leads anywhere depends on the other files and is added with them. */
  readonly links: readonly ExtractedLink[];
  readonly identifiers: readonly Identifier[];
  /** Own prose and own code of each section, in the order of `sections`. */
  readonly texts: readonly SectionText[];
}

export type ExtractedCode = Omit<CodeBlock, "verification">;
export type ExtractedLink = Omit<Link, "resolved">;

export interface SectionText {
  /** Prose with the Markdown marks removed, inline code kept. */
  readonly text: string;
  /** Code blocks, one after another. */
  readonly code: string;
}
