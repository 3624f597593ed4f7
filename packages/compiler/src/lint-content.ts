import { skippedDiagnostics } from "./1-discover/skipped-diagnostics.ts";
import type { Discovered, SourceFile } from "./1-discover/source-file.ts";
import type { MarkdownEngine } from "./2-parse/markdown-engine.ts";
import { parseFile } from "./2-parse/parse-file.ts";
import { loadAuthorRegistries } from "./3-validate/author-registry.ts";
import type { EntryFacts } from "./3-validate/entry-facts.ts";
import type { CompilerConfig } from "./3-validate/generated/compiler-config.ts";
import { loadOwners } from "./3-validate/load-owners.ts";
import { loadRedirects } from "./3-validate/load-redirects.ts";
import { validateFile } from "./3-validate/validate-file.ts";
import { type FileOutline, outlineFile } from "./4-lint/file-outline.ts";
import { type LintConfig, lintConfigOf } from "./4-lint/lint-config.ts";
import { lintFile } from "./4-lint/lint-file.ts";
import { lintOtherFile } from "./4-lint/lint-other-file.ts";
import { lintProject } from "./4-lint/lint-project.ts";
import type { BaseChange } from "./4-lint/project-rule.ts";
import type { CheckSyntax } from "./4-lint/rule.ts";
import { withConfig } from "./4-lint/with-config.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
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
  const linted = files.map((file, index) => {
    const found = lintSource(file, { config, engine: inputs.engine, listed });
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
    ...(today !== undefined && { today }),
    ...(checkSyntax !== undefined && { checkSyntax }),
    ...(countTokens !== undefined && { countTokens }),
  });
}

export interface LintedSource {
  /** The entry of a DOC.md or SKILL.md; none for other files. */
  readonly facts: readonly EntryFacts[];
  /** Null for files that are not Markdown. */
  readonly outline: FileOutline | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface LintSourceContext {
  readonly config: LintConfig;
  readonly engine: MarkdownEngine;
  /** Authors whose registry.json says what their entries are. */
  readonly listed: ReadonlySet<string>;
}

/** All phases that look at one file alone. */
export function lintSource(
  file: SourceFile,
  { config, engine, listed }: LintSourceContext,
): LintedSource {
  if (!file.path.endsWith(".md")) {
    return { facts: [], outline: null, diagnostics: lintOtherFile(file, config) };
  }
  const parsed = parseFile(file, engine);
  const author = file.path.slice(0, file.path.indexOf("/"));
  const valid = listed.has(author) ? { value: null, diagnostics: [] } : validateFile(parsed.value);
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
