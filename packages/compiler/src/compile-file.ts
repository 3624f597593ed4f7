import { astPathOf } from "@chub/registry";
import type { SourceFile } from "./1-discover/source-file.ts";
import type { MarkdownEngine } from "./2-parse/markdown-engine.ts";
import { parseFile } from "./2-parse/parse-file.ts";
import type { ParsedFile } from "./2-parse/parsed-file.ts";
import type { EntryFacts } from "./3-validate/entry-facts.ts";
import { validateFile } from "./3-validate/validate-file.ts";
import { type FileOutline, outlineFile } from "./4-lint/file-outline.ts";
import type { LintConfig } from "./4-lint/lint-config.ts";
import { lintFile } from "./4-lint/lint-file.ts";
import { lintOtherFile } from "./4-lint/lint-other-file.ts";
import { withConfig } from "./4-lint/with-config.ts";
import { extractFile } from "./5-extract/extract-file.ts";
import type { TokenCounter } from "./5-extract/tokens/token-counter.ts";
import {
  checkSyntax as plainChecker,
  rememberingChecker,
  type SyntaxChecker,
} from "./6-verify/check-syntax.ts";
import { verifyBlock } from "./6-verify/verify-block.ts";
import { jsonBytes, type PartStore, storedPart, type ValueStore } from "./7-index/artifact.ts";
import { documentAst } from "./7-index/document-ast.ts";
import { type FileSummary, summarise } from "./7-index/file-summary.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { configOf, type LintInputs } from "./lint-content.ts";

/** What does not change from file to file. */
export interface FileContext {
  readonly engine: MarkdownEngine;
  readonly countTokens: TokenCounter;
  readonly lint: LintConfig;
  readonly checkSyntax: SyntaxChecker;
  /** Paths of the content tree that are published. */
  readonly paths: ReadonlySet<string>;
  /** Authors whose registry.json says what their entries are, so that front matter has nothing to say. */
  readonly listed: ReadonlySet<string>;
  readonly store: PartStore;
  readonly values: ValueStore;
}

/** The part of the context that follows from the paths of the tree and the inputs of the run. */
export function fileContextOf(
  files: readonly Pick<SourceFile, "path">[],
  inputs: Pick<LintInputs, "config" | "today"> &
    Pick<FileContext, "engine" | "countTokens"> & { readonly checkSyntax?: SyntaxChecker },
): Omit<FileContext, "listed" | "store" | "values"> {
  const { engine, countTokens } = inputs;
  const checkSyntax = rememberingChecker(inputs.checkSyntax ?? plainChecker);
  const published = files.filter(isPublished).map(({ path }) => path);
  const lint = configOf(files, { ...inputs, checkSyntax });
  return { engine, countTokens, checkSyntax, lint, paths: new Set(published) };
}

/** Everything in an author's folder but the index the author brings; files at the root configure the build. */
function isPublished({ path }: Pick<SourceFile, "path">): boolean {
  return path.includes("/") && !/^[^/]+\/registry\.json$/.test(path);
}

/** What is left of a file when its text and tree are gone. */
export interface CompiledFile {
  /** The entry of a DOC.md or SKILL.md; none for other files. */
  readonly facts: readonly EntryFacts[];
  /** Null for files that are not Markdown. */
  readonly outline: FileOutline | null;
  /** Null for files that are not Markdown or not published. */
  readonly summary: FileSummary | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** All phases that look at one file alone. Pure but for the store, which keeps the AST. */
export function compileFile(source: SourceFile, context: FileContext): CompiledFile {
  if (!source.path.endsWith(".md")) {
    return {
      facts: [],
      outline: null,
      summary: null,
      diagnostics: lintOtherFile(source, context.lint),
    };
  }
  const parsed = parseFile(source, context.engine);
  const valid = isListed(source, context) ? NO_ENTRY : validateFile(parsed.value);
  const findings = lintFile(parsed.value, valid.value, context.lint);
  return {
    facts: valid.value === null ? [] : [valid.value],
    outline: outlineFile(parsed.value),
    summary: context.paths.has(source.path) ? structure(parsed.value, context) : null,
    diagnostics: [
      ...withConfig([...parsed.diagnostics, ...valid.diagnostics], context.lint),
      ...findings,
    ],
  };
}

function isListed({ path }: SourceFile, { listed }: FileContext): boolean {
  return listed.has(path.slice(0, path.indexOf("/")));
}

/** Writes the AST of a file and keeps what the indexes need of it. */
function structure(parsed: ParsedFile, context: FileContext): FileSummary {
  const facts = extractFile(parsed, context.countTokens);
  // Only failures need the lines.
  let split: readonly string[] | null = null;
  const lines = (): readonly string[] => (split ??= parsed.text.split(/\r\n|\n|\r/));
  const verification = facts.code.map((block) =>
    verifyBlock(block, { lines, checkSyntax: context.checkSyntax }),
  );
  const ast = documentAst(facts, { verification, exists: (path) => context.paths.has(path) });
  const part = storedPart(context.store, astPathOf(facts.path), jsonBytes(ast));
  return summarise(facts, { verification, ast: part, values: context.values });
}

const NO_ENTRY = { value: null, diagnostics: [] };
