import type { LintedSource } from "./linted-source.ts";
import { hash } from "node:crypto";
import { astPathOf } from "@chub/registry";
import type { SourceFile } from "./1-discover/source-file.ts";
import type { MarkdownEngine } from "./2-parse/markdown-engine.ts";
import { parseFile } from "./2-parse/parse-file.ts";
import type { ParsedFile } from "./2-parse/parsed-file.ts";
import type { LintConfig } from "./4-lint/lint-config.ts";
import { extractFile } from "./5-extract/extract-file.ts";
import type { TokenCounter } from "./5-extract/tokens/token-counter.ts";
import {
  checkSyntax as plainChecker,
  rememberingChecker,
  type SyntaxChecker,
} from "./6-verify/check-syntax.ts";
import { verifyBlock } from "./6-verify/verify-block.ts";
import { jsonBytes, type PartStore, type ValueStore } from "./7-index/artifact.ts";
import { documentAst } from "./7-index/document-ast.ts";
import { type FileSummary, summarise } from "./7-index/file-summary.ts";
import type { Step } from "./diagnostics/step.ts";
import { failedFile, failureOf } from "./failed-file.ts";
import type { FileMemory, Reads } from "./file-memory.ts";
import { configOf, type LintInputs, recallLinted } from "./lint-content.ts";
import { type FileStructure, packStructure, unpackStructure } from "./pass-results.ts";

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
  /** What earlier runs made of single files. */
  readonly memory?: FileMemory;
}

/** The part of the context that follows from the paths of the tree and the inputs of the run. */
export function fileContextOf(
  files: readonly Pick<SourceFile, "path">[],
  inputs: Pick<LintInputs, "config" | "today"> &
    Pick<FileContext, "engine" | "countTokens"> & { readonly checkSyntax?: SyntaxChecker },
): Omit<FileContext, "listed" | "store" | "values" | "memory"> {
  const { engine, countTokens } = inputs;
  const checkSyntax = rememberingChecker(inputs.checkSyntax ?? plainChecker);
  const lint = configOf(files, { ...inputs, checkSyntax });
  return { engine, countTokens, checkSyntax, lint, paths: publishedPaths(files) };
}

/** Paths of the tree that are published. */
export function publishedPaths(files: readonly Pick<SourceFile, "path">[]): ReadonlySet<string> {
  return new Set(files.filter(isPublished).map(({ path }) => path));
}

/** Everything in an author's folder but the index the author brings; files at the root configure the build. */
function isPublished({ path }: Pick<SourceFile, "path">): boolean {
  return path.includes("/") && !/^[^/]+\/registry\.json$/.test(path);
}

/** What is left of a file when its text and tree are gone. */
export interface CompiledFile extends LintedSource {
  /** Null for files that are not Markdown or not published. */
  readonly summary: FileSummary | null;
}

/** Parts of a file that were made elsewhere. */
export interface MadeParts {
  /** Why nothing was made of it. */
  readonly failed?: string;
  readonly linted?: LintedSource;
  readonly summary?: FileSummary;
}

/** All phases that look at one file alone. Pure but for the store, which keeps the AST, and the memory. */
export function compileFile(
  source: SourceFile,
  context: FileContext,
  made: MadeParts = {},
): CompiledFile {
  const failed = (reason: string): CompiledFile => ({
    ...failedFile(source, reason),
    summary: null,
  });
  if (made.failed !== undefined) return failed(made.failed);
  try {
    return compileSound(source, context, made);
  } catch (error) {
    return failed(failureOf(error));
  }
}

function compileSound(source: SourceFile, context: FileContext, made: MadeParts): CompiledFile {
  const parse = parseOnce(source, context.engine);
  const { lint: config, engine, listed, memory } = context;
  const lintContext = { config, engine, listed, ...(memory !== undefined && { memory }) };
  return {
    ...(made.linted ?? recallLinted(source, lintContext, parse)),
    summary: made.summary ?? summaryOf(source, context, parse),
  };
}

/** A parser that parses when it is asked, and once. */
export function parseOnce(source: SourceFile, engine: MarkdownEngine): () => Step<ParsedFile> {
  let parsed: Step<ParsedFile> | null = null;
  return () => (parsed ??= parseFile(source, engine));
}

/** Whether a file of the tree has a structure in the artifact. */
export function hasStructure(
  { path }: Pick<SourceFile, "path">,
  paths: ReadonlySet<string>,
): boolean {
  return path.endsWith(".md") && paths.has(path);
}

function summaryOf(
  source: SourceFile,
  context: FileContext,
  parse: () => Step<ParsedFile>,
): FileSummary | null {
  if (!hasStructure(source, context.paths)) return null;
  const known = context.memory?.recall("structure", source) ?? null;
  if (known !== null) return unpackStructure(known.slices);
  const { structure, reads } = structureOf(parse().value, context);
  context.memory?.remember("structure", source, { slices: packStructure(structure), reads });
  return storeStructure(structure, context);
}

/** The structure of a file, and what was read besides the file for it. */
export function structureOf(
  parsed: ParsedFile,
  context: Pick<FileContext, "countTokens" | "checkSyntax" | "paths">,
): { readonly structure: FileStructure; readonly reads: Reads } {
  const facts = extractFile(parsed, context.countTokens);
  // Only failures need the lines.
  let split: readonly string[] | null = null;
  const lines = (): readonly string[] => (split ??= parsed.text.split(/\r\n|\n|\r/));
  const verification = facts.code.map((block) =>
    verifyBlock(block, { lines, checkSyntax: context.checkSyntax }),
  );
  const asked = new Map<string, boolean>();
  const exists = (path: string): boolean => {
    const found = context.paths.has(path);
    asked.set(path, found);
    return found;
  };
  const ast = jsonBytes(documentAst(facts, { verification, exists }));
  const { search, ...summary } = summarise(facts, verification);
  return {
    structure: { summary, search, ast, astSha256: hash("sha256", ast, "hex") },
    reads: asked.size === 0 ? {} : { files: Object.fromEntries(asked) },
  };
}

function storeStructure(
  { summary, search, ast, astSha256 }: FileStructure,
  { store, values }: Pick<FileContext, "store" | "values">,
): FileSummary {
  const path = astPathOf(summary.path);
  const part = { path, size: ast.length, sha256: astSha256, bytes: store.put(path, ast) };
  return { ...summary, ast: part, search: values.put(search, ast.length) };
}
