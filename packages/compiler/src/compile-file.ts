import { astPathOf } from "@chub/registry";
import type { SourceFile } from "./1-discover/source-file.ts";
import type { MarkdownEngine } from "./2-parse/markdown-engine.ts";
import { parseFile } from "./2-parse/parse-file.ts";
import type { EntryFacts } from "./3-validate/entry-facts.ts";
import { validateFile } from "./3-validate/validate-file.ts";
import { type FileOutline, outlineFile } from "./4-lint/file-outline.ts";
import type { LintConfig } from "./4-lint/lint-config.ts";
import { lintFile } from "./4-lint/lint-file.ts";
import { extractFile } from "./5-extract/extract-file.ts";
import type { TokenCounter } from "./5-extract/tokens/token-counter.ts";
import { verifyBlock } from "./6-verify/verify-block.ts";
import { type ArtifactPart, jsonBytes, type PartStore, storedPart } from "./7-index/artifact.ts";
import { documentAst } from "./7-index/document-ast.ts";
import { type FileSummary, summarise } from "./7-index/file-summary.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";

/** What does not change from file to file. */
export interface FileContext {
  readonly engine: MarkdownEngine;
  readonly countTokens: TokenCounter;
  readonly lint: LintConfig;
  /** Paths of the content tree that are files. */
  readonly paths: ReadonlySet<string>;
  readonly store: PartStore;
  /** Whether the author's registry.json says what the entries are, so that front matter has nothing to say. */
  readonly listed?: boolean;
}

/** What is left of a Markdown file when its tree is gone. */
export interface CompiledFile {
  /** The entry of a DOC.md or SKILL.md; none for other files. */
  readonly facts: readonly EntryFacts[];
  readonly outline: FileOutline;
  readonly summary: FileSummary;
  readonly ast: ArtifactPart;
  readonly diagnostics: readonly Diagnostic[];
}

/** All phases that look at one Markdown file alone. Pure but for the store, which keeps the AST. */
export function compileFile(source: SourceFile, context: FileContext): CompiledFile {
  const parsed = parseFile(source, context.engine);
  const valid = context.listed === true ? NO_ENTRY : validateFile(parsed.value);
  const findings = lintFile(parsed.value, valid.value, context.lint);
  const facts = extractFile(parsed.value, context.countTokens);
  const lines = parsed.value.text.split(/\r\n|\n|\r/);
  const verification = facts.code.map((block) => verifyBlock(block, lines));
  const ast = documentAst(facts, { verification, exists: (path) => context.paths.has(path) });
  const part = storedPart(context.store, astPathOf(source.path), jsonBytes(ast));
  return {
    facts: valid.value === null ? [] : [valid.value],
    outline: outlineFile(parsed.value),
    summary: summarise(facts, verification, part.sha256),
    ast: part,
    diagnostics: [...parsed.diagnostics, ...valid.diagnostics, ...findings],
  };
}

const NO_ENTRY = { value: null, diagnostics: [] };
