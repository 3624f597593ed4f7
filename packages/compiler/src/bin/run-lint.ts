import { isSelected } from "../1-discover/content-root.ts";
import { decode } from "../2-parse/decode.ts";
import { loadEngine } from "../2-parse/engines.ts";
import { listedAuthors } from "../3-validate/author-registry.ts";
import type { CompilerConfig } from "../3-validate/generated/compiler-config.ts";
import { readCompilerConfig } from "../3-validate/read-config.ts";
import { UNCOUNTED_BYTES } from "../4-lint/rules/structure-token-count.ts";
import { ALL_RULES, RULE_IDS } from "../4-lint/rule-catalog.ts";
import { loadTokenCounter } from "../5-extract/tokens/token-counter.ts";
import { type Discovered, type SourceFile, sizeOf } from "../1-discover/source-file.ts";
import type { FileCache } from "../cache/file-cache.ts";
import { keepReport } from "../cache/kept-reports.ts";
import { worldOf } from "../cache/record-reads.ts";
import { openRunCache, saveRunCache } from "../cache/run-cache.ts";
import { publishedPaths } from "../compile-file.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { unifiedDiff } from "../diagnostics/line-diff.ts";
import { capDiagnostics } from "../diagnostics/order.ts";
import { type Counts, countDiagnostics, type Report } from "../diagnostics/report.ts";
import { loadSyntaxChecker } from "../grammars/load-syntax-checker.ts";
import { lintContent, type LintInputs } from "../lint-content.ts";
import { makeParts } from "../workers/make-parts.ts";
import type { CommandIo } from "./command.ts";
import { exitCodeFor } from "./exit-code.ts";
import { explainCache } from "./explain-cache.ts";
import { type FixedFiles, fixFiles, replaceFile } from "./fix-files.ts";
import type { LintOptions } from "./lint-options.ts";
import type { PreparedLint } from "./prepare-lint.ts";
import { summaryLine } from "./summary-line.ts";
import { compilerVersion } from "./version.ts";
import { reportText } from "./write-report.ts";

/** Lints a tree that was read, writes the report and the summary, and gives the exit code. */
export async function runLint(prepared: PreparedLint, io: CommandIo): Promise<number> {
  const { options, selection } = prepared;
  const config =
    prepared.configFile === null ? null : readCompilerConfig(prepared.configFile, RULE_IDS);
  const engine = await loadEngine(options.engine);
  const inputs: LintInputs = { engine, config, today: io.today, ...prepared.changes };
  const repaired = await repair(prepared, inputs, io);
  const warn = (message: string): void => void io.err(`warning: ${message}\n`);
  const cache = cacheOf({ ...prepared, discovered: repaired.discovered }, { inputs, warn });
  try {
    const found = (
      await lintWith(repaired.discovered, inputs, { cache, options, config, today: io.today })
    ).filter(({ file }) => isSelected(selection, file));
    const counts = countDiagnostics(found);
    const report = reportOf(found, repaired.discovered, prepared);
    const text = reportText(report, prepared, io);
    if (!options.dryRun) await io.out(text);
    keep(prepared, { text, counts, cache, warn });
    const misses = cache === null ? null : cache.misses("lint");
    const figures = { files: prepared.files, cached: cachedFiles(prepared, misses) };
    if (options.cache.explain) await io.err(explainCache(misses, figures));
    const elapsedMs = io.elapsedMs() - prepared.startedMs;
    await io.err(summaryLine(counts, { ...figures, fixed: repaired.fixed, elapsedMs }));
    return exitCodeFor(counts, options);
  } finally {
    saveRunCache(cache, warn);
  }
}

function cacheOf(
  { cacheFolder, discovered }: PreparedLint,
  { inputs, warn }: { inputs: LintInputs; warn: (message: string) => void },
): FileCache | null {
  if (cacheFolder === null) return null;
  const { engine, config, today } = inputs;
  const paths = new Set(discovered.files.map(({ path }) => path));
  const listed = new Set(listedAuthors(discovered.files));
  return openRunCache({
    folder: cacheFolder,
    warn,
    engine,
    config,
    world: worldOf({ paths, listed, today }),
  });
}

interface LintMeans {
  readonly cache: FileCache | null;
  readonly options: LintOptions;
  readonly config: CompilerConfig | null;
  readonly today: string;
}

async function lintWith(
  discovered: Discovered,
  inputs: LintInputs,
  { cache, options, config, today }: LintMeans,
): Promise<readonly Diagnostic[]> {
  const { files } = discovered;
  const memory = cache === null ? {} : { memory: cache };
  const made = await makeParts(files, {
    passes: ["lint"],
    published: publishedPaths(files),
    engine: options.engine,
    config,
    today,
    paths: files.map(({ path }) => path),
    listed: listedAuthors(files),
    jobs: options.jobs,
    ...memory,
  });
  const left = files.filter(
    (file) => !made.has(file.path) && (cache?.recall("lint", file) ?? null) === null,
  );
  return lintContent(discovered, { ...inputs, ...memory, ...(await meansFor(left)), made });
}

/** Grammars and vocabulary take longer to load than most trees take to lint, so only what the files need. */
async function meansFor(
  files: readonly SourceFile[],
): Promise<Pick<LintInputs, "checkSyntax" | "countTokens">> {
  const checkSyntax = await loadSyntaxChecker(files);
  const isLong = files.some((file) => file.path.endsWith(".md") && sizeOf(file) > UNCOUNTED_BYTES);
  return isLong ? { checkSyntax, countTokens: await loadTokenCounter() } : { checkSyntax };
}

function cachedFiles(
  { files, selection }: PreparedLint,
  misses: ReadonlyMap<string, string> | null,
): number {
  if (misses === null) return 0;
  let missed = 0;
  for (const path of misses.keys()) if (isSelected(selection, path)) missed += 1;
  return files - missed;
}

function keep(
  { cacheFolder, reportKey }: PreparedLint,
  {
    text,
    counts,
    cache,
    warn,
  }: { text: string; counts: Counts; cache: FileCache | null; warn: (message: string) => void },
): void {
  const days = cache?.days("lint") ?? null;
  if (cacheFolder === null || reportKey === null || days === null) return;
  try {
    keepReport(cacheFolder, reportKey, { text, counts, days });
  } catch (error) {
    warn(`The report is not kept: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Applies fixes when asked to: to the files, or with `--fix-dry-run` only to the screen. */
async function repair(
  { discovered, selection, options, prefix }: PreparedLint,
  inputs: LintInputs,
  io: CommandIo,
): Promise<Pick<FixedFiles, "discovered" | "fixed">> {
  if (options.fix === null) return { discovered, fixed: 0 };
  const result = fixFiles({
    discovered,
    inputs: { ...inputs, ...(await meansFor(discovered.files)) },
    kinds: options.fix,
    isSelected: (path) => isSelected(selection, path),
  });
  for (const { path, rules } of result.cycles) {
    await io.err(
      `${path}: left as it is, these rules undo each other's fixes: ${rules.join(", ")}\n`,
    );
  }
  for (const { path, before, after } of result.changed) {
    if (options.dryRun) await io.out(unifiedDiff(prefix + path, before, after));
    else replaceFile(selection.contentRoot, path, after);
  }
  return result;
}

/** The report on findings as the options want it. */
export function reportOf(
  found: readonly Diagnostic[],
  discovered: Discovered,
  { options, files, prefix }: Pick<PreparedLint, "options" | "files" | "prefix">,
): Report {
  const shown = options.quiet ? found.filter(({ severity }) => severity === "error") : found;
  const byPath = new Map(discovered.files.map((file) => [file.path, file]));
  return {
    diagnostics: capDiagnostics(shown, MOST_PER_RULE_AND_FILE),
    files,
    prefix,
    textOf: (path) => {
      const file = byPath.get(path);
      return file === undefined ? null : decode(file).value;
    },
    rules: ALL_RULES,
    version: compilerVersion(),
  };
}

/** More of the same in one file are a count: they have one cause. */
const MOST_PER_RULE_AND_FILE = 20;
