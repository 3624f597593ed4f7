import { skippedDiagnostics } from "./1-discover/skipped-diagnostics.ts";
import type { Discovered, SourceFile } from "./1-discover/source-file.ts";
import type { MarkdownEngine } from "./2-parse/markdown-engine.ts";
import { parseFile } from "./2-parse/parse-file.ts";
import type { ParsedFile } from "./2-parse/parsed-file.ts";
import { loadAuthorRegistries } from "./3-validate/author-registry.ts";
import type { CompilerConfig } from "./3-validate/generated/compiler-config.ts";
import { loadOwners } from "./3-validate/load-owners.ts";
import { loadRedirects } from "./3-validate/load-redirects.ts";
import { validateFile } from "./3-validate/validate-file.ts";
import { outlineFile } from "./4-lint/file-outline.ts";
import { type LintConfig, lintConfigOf } from "./4-lint/lint-config.ts";
import { lintFile } from "./4-lint/lint-file.ts";
import { lintOtherFile } from "./4-lint/lint-other-file.ts";
import { lintProject } from "./4-lint/lint-project.ts";
import type { BaseChange } from "./4-lint/project-rule.ts";
import type { CheckSyntax } from "./4-lint/rule.ts";
import { withConfig } from "./4-lint/with-config.ts";
import { recordReads } from "./cache/record-reads.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import type { Step } from "./diagnostics/step.ts";
import { failedFile, failureOf } from "./failed-file.ts";
import type { FileMemory, Reads } from "./file-memory.ts";
import type { LintedSource } from "./linted-source.ts";
import { packLinted, unpackLinted } from "./pass-results.ts";
import { orderDiagnostics } from "./diagnostics/order.ts";

/** What a lint run depends on besides the files. */
export interface LintInputs {
  readonly engine: MarkdownEngine;
  /** What chub.config.json says; null without one. */
  readonly config: CompilerConfig | null;
  /** ISO 8601 day, for rules that know the future. */
  readonly today?: string;
  readonly checkSyntax?: CheckSyntax;
  /** o200k_base tokens of a text; without it nothing is said of the length in tokens. */
  readonly countTokens?: (text: string) => number;
  /** What changed since a git base, by path. */
  readonly changes?: ReadonlyMap<string, BaseChange>;
  /** What earlier runs found in single files. */
  readonly memory?: FileMemory;
  /** Files that were linted elsewhere, by path: what `lintSource` gives for them. */
  readonly made?: ReadonlyMap<string, { linted?: LintedSource; failed?: string }>;
  /** Called after every file, for a progress display. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Everything the compiler finds in a content tree, without building it: ordered, each finding once.
 *
 * Pure: the same files and inputs give the same findings, in whatever order the files come.
 */
export function lintContent(discovered: Discovered, inputs: LintInputs): readonly Diagnostic[] {
  const { files } = discovered;
  const config = configOf(files, inputs);
  const owners = loadOwners(files);
  const redirects = loadRedirects(files);
  const registries = loadAuthorRegistries(files);
  const listed: ReadonlySet<string> = new Set(registries.value.map(({ author }) => author));
  const context = { config, engine: inputs.engine, listed, ...memoryOf(inputs) };
  const linted = files.map((file, index) => {
    const found = lintMade(file, context, inputs.made?.get(file.path));
    inputs.onProgress?.(index + 1, files.length);
    return found;
  });
  const facts = [...linted, ...registries.value].flatMap((found) => found.facts);
  const across = lintProject(facts, {
    config,
    outlines: linted.flatMap(({ outline }) => (outline === null ? [] : [outline])),
    paths: config.surroundings.paths ?? new Set(),
    owners: owners.value,
    redirects: redirects.value,
    ...(inputs.changes !== undefined && { changes: inputs.changes }),
  });
  const settings = [owners, redirects, registries].flatMap(({ diagnostics }) => diagnostics);
  return orderDiagnostics([
    ...withConfig([...skippedDiagnostics(discovered), ...settings], config),
    ...linted.flatMap(({ diagnostics }) => diagnostics),
    ...across,
  ]);
}

/** The lint configuration for a tree. */
export function configOf(
  files: readonly Pick<SourceFile, "path">[],
  { config, today, checkSyntax, countTokens }: LintInputs,
): LintConfig {
  return lintConfigOf(config, {
    paths: new Set(files.map(({ path }) => path)),
    ...(today !== undefined && { today, isFuture: (day: string) => day > today }),
    ...(checkSyntax !== undefined && { checkSyntax }),
    ...(countTokens !== undefined && { countTokens }),
  });
}

export interface LintSourceContext {
  readonly config: LintConfig;
  readonly engine: MarkdownEngine;
  /** Authors whose registry.json says what their entries are. */
  readonly listed: ReadonlySet<string>;
  readonly memory?: FileMemory;
}

function memoryOf({ memory }: LintInputs): Pick<LintSourceContext, "memory"> {
  return memory === undefined ? {} : { memory };
}

function lintMade(
  file: SourceFile,
  context: LintSourceContext,
  made: { linted?: LintedSource; failed?: string } = {},
): LintedSource {
  if (made.failed !== undefined) return failedFile(file, made.failed);
  try {
    return made.linted ?? recallLinted(file, context);
  } catch (error) {
    return failedFile(file, failureOf(error));
  }
}

/** What linting a file gives: from an earlier run where that still holds. */
export function recallLinted(
  file: SourceFile,
  context: LintSourceContext,
  parse?: () => Step<ParsedFile>,
): LintedSource {
  const { memory } = context;
  if (memory === undefined) return lintSource(file, context, parse);
  const known = memory.recall("lint", file);
  if (known !== null) return unpackLinted(known.slices);
  const { linted, reads } = lintRecorded(file, context, parse);
  if (reads !== null) memory.remember("lint", file, { slices: packLinted(linted), reads });
  return linted;
}

/** Lints a file and says what was read besides it; null when that cannot be said. */
export function lintRecorded(
  file: SourceFile,
  context: LintSourceContext,
  parse?: () => Step<ParsedFile>,
): { readonly linted: LintedSource; readonly reads: Reads | null } {
  const { surroundings, reads } = recordReads(context.config.surroundings);
  const linted = lintSource(
    file,
    { ...context, config: { ...context.config, surroundings } },
    parse,
  );
  const read = reads();
  return { linted, reads: read === null ? null : { ...read, listed: isListed(file, context) } };
}

/** All phases that look at one file alone. `parse` gives the parsed file to those who have it already. */
export function lintSource(
  file: SourceFile,
  context: LintSourceContext,
  parse: () => Step<ParsedFile> = () => parseFile(file, context.engine),
): LintedSource {
  const { config } = context;
  if (!file.path.endsWith(".md")) {
    return { facts: [], outline: null, diagnostics: lintOtherFile(file, config) };
  }
  const parsed = parse();
  const valid = isListed(file, context)
    ? { value: null, diagnostics: [] }
    : validateFile(parsed.value);
  const findings = lintFile(parsed.value, valid.value, config);
  return {
    facts: valid.value === null ? [] : [valid.value],
    outline: outlineFile(parsed.value),
    diagnostics: [
      ...withConfig([...parsed.diagnostics, ...valid.diagnostics], config),
      ...findings,
    ],
  };
}

function isListed(
  { path }: Pick<SourceFile, "path">,
  { listed }: Pick<LintSourceContext, "listed">,
): boolean {
  return listed.has(path.slice(0, path.indexOf("/")));
}
