import { isSelected } from "../1-discover/content-root.ts";
import { discoverAgain, isSkipped } from "../1-discover/discover-again.ts";
import type { Discovered } from "../1-discover/source-file.ts";
import { watchTree } from "../1-discover/watch-tree.ts";
import { loadEngine } from "../2-parse/engines.ts";
import { readCompilerConfig } from "../3-validate/read-config.ts";
import { RULE_IDS } from "../4-lint/rule-catalog.ts";
import { loadTokenCounter } from "../5-extract/tokens/token-counter.ts";
import { syntaxCheckerWith } from "../6-verify/check-syntax.ts";
import { loadSyntaxChecker } from "../grammars/load-syntax-checker.ts";
import { openGrammars } from "../grammars/open-grammars.ts";
import { openRunCache, saveRunCache } from "../cache/run-cache.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { countDiagnostics } from "../diagnostics/report.ts";
import type { LintInputs } from "../lint-content.ts";
import type { CommandIo } from "./command.ts";
import { EXIT } from "./command.ts";
import { createLintState, type LintState } from "./lint-state.ts";
import type { PreparedLint } from "./prepare-lint.ts";
import { reportOf } from "./run-lint.ts";
import { summaryLine } from "./summary-line.ts";
import { reportText } from "./write-report.ts";

/**
 * Lints a tree, and what changes in it until the user ends the program: then 0.
 *
 * After a change the findings of the changed files are shown, and those that the change brought elsewhere.
 */
export async function watchLint(prepared: PreparedLint, io: CommandIo): Promise<number> {
  const { contentRoot } = prepared.selection;
  const { inputs, state } = await startState(prepared, io);
  const ignore = inputs.config?.ignore ?? [];
  let discovered = prepared.discovered;
  const tree = watchTree(contentRoot, (folder) => isSkipped(discovered, folder));
  // What changed before the watches stood.
  discovered = discoverAgain(contentRoot, discovered, { folders: [""], ignore });
  let shown = (await state.lint(discovered)).found;
  await show(prepared, { io, discovered, found: shown, all: shown, startedMs: prepared.startedMs });
  const stop = new AbortController();
  const quit = io.onInterrupt(() => stop.abort());
  try {
    for await (const folders of tree.changes(stop.signal)) {
      const startedMs = io.elapsedMs();
      const next = discoverAgain(contentRoot, discovered, { folders, ignore });
      if (next === discovered) continue;
      discovered = next;
      const { found, changed } = await state.lint(discovered);
      const news = found.filter((item) => changed.has(item.file) || !includes(shown, item));
      shown = found;
      await show(prepared, { io, discovered, found: news, all: found, startedMs });
    }
  } finally {
    quit();
    tree.close();
  }
  return EXIT.clean;
}

async function startState(
  prepared: PreparedLint,
  io: CommandIo,
): Promise<{ inputs: LintInputs; state: LintState }> {
  const { options, configFile, cacheFolder } = prepared;
  const config = configFile === null ? null : readCompilerConfig(configFile, RULE_IDS);
  const [engine, countTokens] = await Promise.all([loadEngine(options.engine), loadTokenCounter()]);
  const grammars = openGrammars();
  const checkSyntax = syntaxCheckerWith(grammars.parserOf);
  const inputs: LintInputs = { engine, config, today: io.today, checkSyntax, countTokens };
  const state = createLintState(inputs, (files) => loadSyntaxChecker(files, grammars));
  const warn = (message: string): void => void io.err(`warning: ${message}\n`);
  const world = state.worldOf(prepared.discovered);
  const cache =
    cacheFolder === null
      ? null
      : openRunCache({ folder: cacheFolder, warn, engine, config, world });
  if (cache !== null) state.fill(prepared.discovered, cache);
  saveRunCache(cache, warn);
  return { inputs, state };
}

interface Showing {
  readonly io: CommandIo;
  readonly discovered: Discovered;
  /** What to show. */
  readonly found: readonly Diagnostic[];
  /** What to count. */
  readonly all: readonly Diagnostic[];
  readonly startedMs: number;
}

async function show(prepared: PreparedLint, showing: Showing): Promise<void> {
  const { io, discovered, startedMs } = showing;
  const selected = (list: readonly Diagnostic[]): readonly Diagnostic[] =>
    list.filter(({ file }) => isSelected(prepared.selection, file));
  const files = discovered.files.filter(({ path }) => isSelected(prepared.selection, path)).length;
  const report = reportOf(selected(showing.found), discovered, { ...prepared, files });
  await io.out(reportText(report, prepared, io));
  const elapsedMs = io.elapsedMs() - startedMs;
  const figures = { files, fixed: 0, cached: 0, elapsedMs };
  await io.err(summaryLine(countDiagnostics(selected(showing.all)), figures));
}

/** Whether a finding was there before, wherever in its file. */
function includes(before: readonly Diagnostic[], { file, rule, message }: Diagnostic): boolean {
  return before.some(
    (known) => known.file === file && known.rule === rule && known.message === message,
  );
}
