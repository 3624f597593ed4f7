import { relative, sep } from "node:path";
import { isSelected, selectContent, type Selection } from "../../1-discover/content-root.ts";
import { discover } from "../../1-discover/discover.ts";
import type { Discovered, SourceFile } from "../../1-discover/source-file.ts";
import { decode } from "../../2-parse/decode.ts";
import { loadEngine } from "../../2-parse/engines.ts";
import { UNCOUNTED_BYTES } from "../../4-lint/rules/structure-token-count.ts";
import { ALL_RULES } from "../../4-lint/rule-catalog.ts";
import { loadTokenCounter } from "../../5-extract/tokens/token-counter.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { unifiedDiff } from "../../diagnostics/line-diff.ts";
import { capDiagnostics } from "../../diagnostics/order.ts";
import { countDiagnostics, type Report } from "../../diagnostics/report.ts";
import { loadSyntaxChecker } from "../../grammars/load-syntax-checker.ts";
import { lintContent, type LintInputs } from "../../lint-content.ts";
import { type Command, type CommandIo, EXIT } from "../command.ts";
import { openGitTree } from "../git-tree.ts";
import { type FixedFiles, fixFiles, replaceFile } from "../fix-files.ts";
import { type LintOptions, parseLintArgs } from "../lint-options.ts";
import { loadConfiguration } from "../load-configuration.ts";
import { compilerVersion } from "../version.ts";
import { summaryLine, writeReport } from "../write-report.ts";

export const lintCommand: Command = {
  help: `Usage: chubc lint [paths…] [options]

Checks a content tree, or the files and folders named. Without paths: the content folder of chub.config.json, or
./content. Findings go to standard output, the summary to standard error.

Options:
  --format <name>     pretty, compact, json, jsonl, github or sarif. Default: github in GitHub Actions, compact when
                      a coding agent runs the command, pretty otherwise
  --fix[=unsafe]      Repair what never changes meaning; with =unsafe also what may
  --fix-dry-run       Print what --fix would change as a diff, and change nothing
  --staged            Check what is staged in git, as it is staged: for a pre-commit hook
  --base <revision>   Also check that revision was counted up where a text changed since then: for CI
  --quiet             Errors only
  --max-warnings <n>  Exit 1 when there are more warnings. Default: no limit
  --config <file>     Configuration instead of the nearest chub.config.json
  --engine <name>     Markdown parser: satteri (default) or remark (the reference)
  --no-color          No colours; NO_COLOR and FORCE_COLOR are honoured too

Examples:
  chubc lint                             Check ./content
  chubc lint content/acme --fix          Check and repair one author's entries
  chubc lint --format sarif > out.sarif  Report for a code scanning service
  chubc lint --staged                    Check the staged files, as a pre-commit hook does
  chubc lint --base origin/main          Check a branch, as CI does

Exit codes: 0 no errors, 1 errors (or too many warnings), 2 wrong usage or configuration, 6 a file could not be read
or written
`,
  async run(args, io) {
    const startedMs = io.elapsedMs();
    const options = parseLintArgs(args);
    const { config, contentRoot: configured } = loadConfiguration(options.config, io.cwd);
    const named = selectContent(options.paths, { configured, cwd: io.cwd });
    const onDisk = discover(named.contentRoot, { ignore: config?.ignore ?? [] });
    const { selection, discovered, changes } = withGit(options, named, onDisk);
    const engine = await loadEngine(options.engine);
    const countTokens = await counterFor(discovered);
    const checkSyntax = await loadSyntaxChecker(discovered.files);
    const inputs = { engine, config, today: io.today, checkSyntax, ...countTokens, ...changes };
    const repaired = await repair({ discovered, selection, inputs, options }, io);
    const found = lintContent(repaired.discovered, inputs).filter(({ file }) =>
      isSelected(selection, file),
    );
    const files = discovered.files.filter(({ path }) => isSelected(selection, path)).length;
    const shown = options.quiet ? found.filter(({ severity }) => severity === "error") : found;
    const diagnostics = capDiagnostics(shown, MOST_PER_RULE_AND_FILE);
    if (!options.dryRun)
      await writeReport(
        reportOf({ diagnostics, files, selection }, repaired.discovered, io),
        options,
        io,
      );
    const elapsedMs = io.elapsedMs() - startedMs;
    await io.err(summaryLine(countDiagnostics(found), { files, fixed: repaired.fixed, elapsedMs }));
    return exitCodeFor(found, options);
  },
};

interface Checked {
  readonly selection: Selection;
  readonly discovered: Discovered;
  readonly changes: Pick<LintInputs, "changes">;
}

/** The tree with what is staged in the place of what is on disk, and what changed since the base. */
function withGit({ staged, base }: LintOptions, selection: Selection, onDisk: Discovered): Checked {
  if (!staged && base === null) return { selection, discovered: onDisk, changes: {} };
  const git = openGitTree(selection.contentRoot);
  const files = staged ? git.staged() : [];
  const discovered = replaceFiles(onDisk, files);
  return {
    selection: staged ? { ...selection, paths: files.map(({ path }) => path) } : selection,
    discovered,
    changes: base === null ? {} : { changes: git.changesSince(base, discovered.files) },
  };
}

/** Files that are ignored or not published stay out, staged or not. */
function replaceFiles(onDisk: Discovered, staged: readonly SourceFile[]): Discovered {
  const byPath = new Map(staged.map((file) => [file.path, file]));
  return { ...onDisk, files: onDisk.files.map((file) => byPath.get(file.path) ?? file) };
}

/** The vocabulary takes longer to load than most trees take to lint, so only for files that are long enough. */
async function counterFor({ files }: Discovered): Promise<Pick<LintInputs, "countTokens">> {
  const long = files.some(
    ({ path, bytes }) => path.endsWith(".md") && bytes.length > UNCOUNTED_BYTES,
  );
  return long ? { countTokens: await loadTokenCounter() } : {};
}

interface LintRun {
  readonly discovered: Discovered;
  readonly selection: Selection;
  readonly inputs: LintInputs;
  readonly options: LintOptions;
}

/** Applies fixes when asked to: to the files, or with `--fix-dry-run` only to the screen. */
async function repair(
  { discovered, selection, inputs, options }: LintRun,
  io: CommandIo,
): Promise<Pick<FixedFiles, "discovered" | "fixed">> {
  if (options.fix === null) return { discovered, fixed: 0 };
  const result = fixFiles({
    discovered,
    inputs,
    kinds: options.fix,
    isSelected: (path) => isSelected(selection, path),
  });
  for (const { path, rules } of result.cycles) {
    await io.err(
      `${path}: left as it is, these rules undo each other's fixes: ${rules.join(", ")}\n`,
    );
  }
  for (const { path, before, after } of result.changed) {
    if (options.dryRun) await io.out(unifiedDiff(prefixOf(selection, io) + path, before, after));
    else replaceFile(selection.contentRoot, path, after);
  }
  return result;
}

function reportOf(
  {
    diagnostics,
    files,
    selection,
  }: { diagnostics: readonly Diagnostic[]; files: number; selection: Selection },
  discovered: Discovered,
  io: CommandIo,
): Report {
  const byPath = new Map(discovered.files.map((file) => [file.path, file]));
  return {
    diagnostics,
    files,
    prefix: prefixOf(selection, io),
    textOf: (path) => {
      const file = byPath.get(path);
      return file === undefined ? null : decode(file).value;
    },
    rules: ALL_RULES,
    version: compilerVersion(),
  };
}

/** From the working directory to the content root, so that paths of a report can be opened from there. */
function prefixOf({ contentRoot }: Selection, { cwd }: CommandIo): string {
  const path = relative(cwd, contentRoot).split(sep).join("/");
  return path === "" ? "" : `${path}/`;
}

function exitCodeFor(found: readonly Diagnostic[], { maxWarnings }: LintOptions): number {
  const { error, warning } = countDiagnostics(found);
  return error > 0 || warning > maxWarnings ? EXIT.findings : EXIT.clean;
}

/** More of the same in one file are a count: they have one cause. */
const MOST_PER_RULE_AND_FILE = 20;
