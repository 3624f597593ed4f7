import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ChubError } from "@chub/registry";
import { isSelected, selectContent } from "../../1-discover/content-root.ts";
import { discover } from "../../1-discover/discover.ts";
import { loadEngine } from "../../2-parse/engines.ts";
import { loadProof, PROOF_PATH } from "../../3-validate/load-proof.ts";
import { capDiagnostics } from "../../diagnostics/order.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { ALL_RULES, findRule } from "../../4-lint/rule-catalog.ts";
import { proofDiagnostics } from "../../prove/proof-diagnostics.ts";
import { proofText } from "../../prove/proof-text.ts";
import { proveContent, type ProvenFile } from "../../prove/prove-content.ts";
import { type Command, type CommandIo, EXIT } from "../command.ts";
import { loadSyntaxChecker } from "../../grammars/load-syntax-checker.ts";
import { loadConfiguration } from "../load-configuration.ts";
import { pathPrefix } from "../path-prefix.ts";
import { userProofWorld } from "../proof-environment.ts";
import { proofJson, proofSummary } from "../proof-report.ts";
import { parseVerifyArgs, type VerifyOptions } from "../verify-options.ts";
import { compilerVersion } from "../version.ts";
import { writeReport } from "../write-report.ts";

export const verifyCommand: Command = {
  help: `Usage: chubc verify [paths…] [options]

Checks the code blocks of documents: the syntax of each, and the types of JavaScript and TypeScript against the npm
packages that \`packages\` in the front matter names, in exactly those versions. Only their declarations are fetched,
from the registry of your .npmrc, and kept; nothing of a package is run. Without paths: the content folder of
chub.config.json, or ./content. Findings go to standard output, the summary to standard error.

Options:
  --write             Write what was proved to proof.json in the content folder, for \`chubc build\`
  --check             Fail when proof.json does not say what this run found; for CI
  --format <name>     pretty, compact, json, jsonl, github or sarif, as in \`chubc lint\`
  --json              Every block with its verdict, as JSON
  --jobs <n>          Processes that check types. Default: one for each processor, as far as the memory goes
  --timeout <s>       Seconds for the types of one file. Default: 180
  --store <folder>    Where packages and verdicts are kept. Default: proof in CHUB_DIR, or in ~/.chub
  --config <file>     Configuration instead of the nearest chub.config.json
  --no-color          No colours; NO_COLOR and FORCE_COLOR are honoured too

Words behind the language of a fence:
  no-check            Nothing is checked             expect-error[=2339]  It is wrong on purpose
  standalone          Nothing of the blocks before   continue             All of the block before belongs to it
  file=src/db.ts      Other blocks import it by that name

Examples:
  chubc verify                        Check ./content
  chubc verify content/acme --json    Every verdict on one author's code
  chubc verify --write                Also put the verdicts where \`chubc build\` finds them

Exit codes: 0 nothing failed, 1 a block failed (or proof.json is not up to date), 2 wrong usage or configuration,
4 the npm registry could not be reached, 5 a package has other bytes than were published, 6 a file could not be read
or written
`,
  async run(args, io) {
    const startedMs = io.elapsedMs();
    const options = parseVerifyArgs(args);
    const { config, contentRoot: configured } = loadConfiguration(options.config, io.cwd);
    const selection = selectContent(options.paths, { configured, cwd: io.cwd });
    if ((options.write || options.check) && !selection.paths.includes("")) {
      throw new ChubError("USAGE", "proof.json is about the whole content folder", {
        hint: "Name the content folder itself, or leave out --write and --check.",
      });
    }
    const discovered = discover(selection.contentRoot, { ignore: config?.ignore ?? [] });
    const known = loadProof(discovered.files).value;
    const world = userProofWorld(options, io);
    const proven = await proveContent(discovered, {
      engine: await loadEngine(),
      checkSyntax: await loadSyntaxChecker(discovered.files),
      isSelected: (path) => isSelected(selection, path),
      world,
      locks: new Map(Object.entries(known?.locks ?? {})),
      ...(io.errIsTerminal && { onProgress: progressOn(io) }),
    });
    if (io.errIsTerminal) await io.err(CLEAR_LINE);
    const diagnostics = proofDiagnostics(proven, findRule("code/syntax")!);
    const prefix = pathPrefix(selection.contentRoot, io.cwd);
    if (options.json) await io.out(proofJson(proven, { diagnostics, tool: world.tool }));
    else await report(diagnostics, { proven, prefix, options, io });
    await io.err(proofSummary(proven, io.elapsedMs() - startedMs));
    const current = await keepProof(proofText(proven, world.tool), {
      options,
      place: join(selection.contentRoot, PROOF_PATH),
      io,
    });
    return diagnostics.length > 0 || !current ? EXIT.findings : EXIT.clean;
  },
};

async function report(
  diagnostics: readonly Diagnostic[],
  {
    proven,
    prefix,
    options,
    io,
  }: { proven: readonly ProvenFile[]; prefix: string; options: VerifyOptions; io: CommandIo },
): Promise<void> {
  const texts = new Map(proven.map(({ file }) => [file.path, file.text]));
  await writeReport(
    {
      diagnostics: capDiagnostics(diagnostics, MOST_PER_RULE_AND_FILE),
      files: proven.length,
      prefix,
      textOf: (path) => texts.get(path) ?? null,
      rules: ALL_RULES,
      version: compilerVersion(),
    },
    options,
    io,
  );
}

/** Writes proof.json or compares it, as asked; whether it is up to date then. */
async function keepProof(
  text: string,
  { options, place, io }: { options: VerifyOptions; place: string; io: CommandIo },
): Promise<boolean> {
  const written = existsSync(place) ? readFileSync(place, "utf8") : null;
  if (options.write && written !== text) writeFileSync(place, text);
  if (!options.check || options.write || written === text) return true;
  await io.err(`${place} is not up to date: run \`chubc verify --write\`.\n`);
  return false;
}

/** One line that is written over; checking starts with fetching, which has no number of steps. */
function progressOn(io: CommandIo): (done: number, total: number) => void {
  return (done, total) =>
    void io.err(`${CLEAR_LINE}types of ${done} of ${total} documents checked`);
}

const CLEAR_LINE = "\r\u001B[K";
/** More of the same in one file are a count. */
const MOST_PER_RULE_AND_FILE = 50;
