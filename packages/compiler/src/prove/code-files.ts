import type { BlockVerification } from "@chub/registry";
import type { SourceFile } from "../1-discover/source-file.ts";
import type { MarkdownEngine } from "../2-parse/markdown-engine.ts";
import { parseFile } from "../2-parse/parse-file.ts";
import type { EntryFacts } from "../3-validate/entry-facts.ts";
import { validateFile } from "../3-validate/validate-file.ts";
import { describeCode } from "../5-extract/code-blocks.ts";
import { codeDigest } from "../5-extract/code-digest.ts";
import { collectNodes } from "../5-extract/collect-nodes.ts";
import type { ExtractedCode } from "../5-extract/file-facts.ts";
import { sourcePositions } from "../5-extract/source-positions.ts";
import { rememberingChecker, type SyntaxChecker } from "../6-verify/check-syntax.ts";
import { verifyBlock } from "../6-verify/verify-block.ts";

/** A Markdown file as far as its code goes. */
export interface CodeFile {
  readonly path: string;
  readonly text: string;
  readonly lines: () => readonly string[];
  /** What its front matter says; null for companions. */
  readonly facts: EntryFacts | null;
  readonly code: readonly ExtractedCode[];
  /** Of the syntax, one for each block. */
  readonly syntax: readonly BlockVerification[];
  /** Digest of all of its code, with languages and words. */
  readonly digest: string;
}

/** The code of the Markdown files of a tree, in their order. Files that do not parse have none. */
export function readCodeFiles(
  files: readonly SourceFile[],
  { engine, checkSyntax: check }: { engine: MarkdownEngine; checkSyntax: SyntaxChecker },
): readonly CodeFile[] {
  const checkSyntax = rememberingChecker(check);
  return files.flatMap((source) => {
    if (!source.path.endsWith(".md") || !source.path.includes("/")) return [];
    const parsed = parseFile(source, engine).value;
    const code = describeCode(
      collectNodes(parsed.tree).code,
      sourcePositions(parsed.text, source.bytes),
    );
    let split: readonly string[] | null = null;
    const lines = (): readonly string[] => (split ??= parsed.text.split(/\r\n|\n|\r/));
    return [
      {
        path: source.path,
        text: parsed.text,
        lines,
        facts: parsed.kind === "reference" ? null : validateFile(parsed).value,
        code,
        syntax: code.map((block) => verifyBlock(block, { lines, checkSyntax })),
        digest: codeDigest(code),
      },
    ];
  });
}

/** The entry that a companion belongs to: the one in the nearest folder above it. */
export function entryOf(file: CodeFile, files: readonly CodeFile[]): CodeFile | null {
  if (file.facts !== null) return file;
  const above = files.filter(
    ({ facts }) => facts !== null && file.path.startsWith(`${facts.folder}/`),
  );
  const deepest = Math.max(...above.map(({ facts }) => facts!.folder.length));
  return above.find(({ facts }) => facts!.folder.length === deepest) ?? null;
}
