import type { Root } from "mdast";
import type { SourceFile } from "../1-discover/source-file.ts";
import { decode } from "../2-parse/decode.ts";
import type { ParsedFile } from "../2-parse/parsed-file.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { LintConfig } from "./lint-config.ts";
import { lintText } from "./lint-file.ts";
import { withConfig } from "./with-config.ts";

/**
 * What the rules find in a file that is not Markdown: those on bytes, text and names.
 *
 * To such rules the whole text is code. Binary files are only looked at by name.
 */
export function lintOtherFile(source: SourceFile, config: LintConfig): readonly Diagnostic[] {
  if (BINARY.test(source.path)) return lintText(emptyFile(source, ""), config);
  const { value: text, diagnostics } = decode(source);
  return [...withConfig(diagnostics, config), ...lintText(emptyFile(source, text), config)];
}

function emptyFile(source: SourceFile, text: string): ParsedFile {
  return { source, kind: "reference", text, tree: NO_TREE, frontmatter: null };
}

const NO_TREE: Root = { type: "root", children: [] };
const BINARY = /\.(?:avif|gif|ico|jpe?g|pdf|png|webp|woff2?|zip)$/i;
