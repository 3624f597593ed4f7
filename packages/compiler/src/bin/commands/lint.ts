import { type KeptReport, readReport } from "../../cache/kept-reports.ts";
import type { Command, CommandIo } from "../command.ts";
import { exitCodeFor } from "../exit-code.ts";
import { parseLintArgs } from "../lint-options.ts";
import { type PreparedLint, prepareLint } from "../prepare-lint.ts";
import { CACHE_HELP } from "../run-options.ts";
import { summaryLine } from "../summary-line.ts";

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
  --watch             Stay, and check again whenever a file changes
  --engine <name>     Markdown parser: satteri (default) or remark (the reference)
${CACHE_HELP}
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
    const options = parseLintArgs(args);
    const prepared = prepareLint(options, io);
    if (options.watch) return (await import("../watch-lint.ts")).watchLint(prepared, io);
    const kept = await keptReport(prepared, io);
    if (kept === null) return (await import("../run-lint.ts")).runLint(prepared, io);
    await io.out(kept.text);
    const { files } = prepared;
    const elapsedMs = io.elapsedMs() - prepared.startedMs;
    await io.err(summaryLine(kept.counts, { files, fixed: 0, cached: files, elapsedMs }));
    return exitCodeFor(kept.counts, options);
  },
};

/** What an earlier run said of the same tree with the same options. */
async function keptReport(
  { cacheFolder, reportKey }: PreparedLint,
  io: CommandIo,
): Promise<KeptReport | null> {
  if (cacheFolder === null || reportKey === null) return null;
  let damaged: string | null = null;
  const onDamage = (path: string): void => void (damaged = path);
  const report = readReport(cacheFolder, reportKey, { today: io.today, onDamage });
  if (damaged !== null)
    await io.err(
      `warning: Cache file ${String(damaged)} is damaged; what it held is made again.\n`,
    );
  return report;
}
