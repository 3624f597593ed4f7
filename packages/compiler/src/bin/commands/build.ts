import { relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ChubError } from "@chub/registry";
import { type BuildResult, buildContent } from "../../build-content.ts";
import { cachePlace } from "../../cache/cache-place.ts";
import type { CacheOptions } from "../../cache/run-cache.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { orderDiagnostics } from "../../diagnostics/order.ts";
import { ansiPaint, plainPaint, renderPretty } from "../../diagnostics/render-pretty.ts";
import { formatFor } from "../../diagnostics/formats.ts";
import { renderCompact } from "../../diagnostics/render-compact.ts";
import { countDiagnostics, type Report } from "../../diagnostics/report.ts";
import { ALL_RULES } from "../../4-lint/rule-catalog.ts";
import { type Command, type CommandIo, EXIT } from "../command.ts";
import { explainCache } from "../explain-cache.ts";
import {
  CACHE_HELP,
  CACHE_OPTIONS,
  type CacheChoice,
  cacheChoice,
  jobsOf,
} from "../run-options.ts";
import { compilerVersion } from "../version.ts";

/** `chubc build`: content in, artifact out. */
export const buildCommand: Command = {
  help: `Compile a content folder into an artifact

Usage: chubc build [content] [options]

  content                The folder that holds the authors' folders. Default: content

Options:
  -o, --output <dir>     Where to put the artifact. Default: dist below the content folder,
                         or \`output\` of chub.config.json
      --base-url <url>   Where the artifact will be served from; written into registry.json
      --validate-only    Check everything, write nothing
      --keep-going       Leave broken files out and build the rest; the exit code is still 1
      --config <file>    Use this chub.config.json
      --json             Print the result as JSON
${CACHE_HELP}
  -h, --help             Show this help

Examples:
  chubc build content                        Writes content/dist
  chubc build content -o dist                Writes dist
  chubc build content --validate-only        Checks, and says what it would build
  chubc build content --json | jq .digest    For programs

The output is replaced as a whole when the build has succeeded, and left alone when it has not.
Exit codes: 0 built, 1 errors in the content, 2 wrong usage or configuration, 6 a file could not be read or written
`,
  async run(args, io) {
    const options = readArguments(args);
    const started = io.elapsedMs();
    const cache = cacheOf(options, io);
    const result = await buildContent({
      ...options.build,
      today: io.today,
      ...(cache !== null && { cache }),
      ...(io.errIsTerminal && { onProgress: progressOn(io) }),
    });
    if (io.errIsTerminal) await io.err(CLEAR_LINE);
    if (options.cache.explain) await io.err(explainCache(result.misses, filesOf(result)));
    if (options.json) await io.out(jsonResult(result));
    else
      await printResult(result, {
        io,
        elapsedMs: io.elapsedMs() - started,
        prefix: prefixOf(options.build.contentRoot),
      });
    return result.broken.length === 0 ? EXIT.clean : EXIT.findings;
  },
};

function filesOf({ discovered, cached }: BuildResult): { files: number; cached: number } {
  return { files: discovered.files.length, cached };
}

function cacheOf({ build, cache }: Arguments, io: CommandIo): CacheOptions | null {
  if (!cache.use) return null;
  const contentRoot = resolve(io.cwd, build.contentRoot);
  const named = cache.folder === null ? null : resolve(io.cwd, cache.folder);
  return {
    folder: cachePlace({ contentRoot, named, env: io.env }),
    warn: (message) => void io.err(`warning: ${message}\n`),
  };
}

interface Arguments {
  readonly build: Parameters<typeof buildContent>[0];
  readonly json: boolean;
  readonly cache: CacheChoice;
}

function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parse(args);
  const jobs = jobsOf(values.jobs);
  if (positionals.length > 1) throw usage(`Unexpected argument ${JSON.stringify(positionals[1])}`);
  return {
    build: {
      contentRoot: positionals[0] ?? "content",
      ...(values.output !== undefined && { outputPath: values.output }),
      ...(values.config !== undefined && { configPath: values.config }),
      ...(values["base-url"] !== undefined && { baseUrl: checkedUrl(values["base-url"]) }),
      validateOnly: values["validate-only"],
      keepGoing: values["keep-going"],
      ...(jobs !== null && { jobs }),
    },
    json: values.json,
    cache: cacheChoice(values),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...CACHE_OPTIONS,
        output: { type: "string", short: "o" },
        "base-url": { type: "string" },
        "validate-only": { type: "boolean", default: false },
        "keep-going": { type: "boolean", default: false },
        config: { type: "string" },
        jobs: { type: "string" },
        json: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

function checkedUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed !== null && /^https?:$/.test(parsed.protocol)) return url;
  throw usage(`Unexpected base URL ${JSON.stringify(url)}, expected one that starts with https://`);
}

function usage(message: string): ChubError {
  return new ChubError("USAGE", message, { hint: "`chubc build --help` shows the options." });
}

/** One line that is written over; a few times a second at most, because a terminal is slower than the compiler. */
function progressOn(io: CommandIo): (done: number, total: number) => void {
  let shown = Number.NEGATIVE_INFINITY;
  return (done, total) => {
    const now = io.elapsedMs();
    if (now - shown < 100) return;
    shown = now;
    void io.err(`${CLEAR_LINE}${done} of ${total} documents`);
  };
}

async function printResult(
  result: BuildResult,
  { io, elapsedMs, prefix }: { io: CommandIo; elapsedMs: number; prefix: string },
): Promise<void> {
  const ordered = orderDiagnostics(result.diagnostics);
  const report = reportOf(
    result,
    ordered.filter(({ severity }) => severity === "error"),
    prefix,
  );
  const paint = io.errIsTerminal && io.env["NO_COLOR"] === undefined ? ansiPaint : plainPaint;
  await io.err(
    formatFor(io.env) === "compact" ? renderCompact(report) : renderPretty(report, paint),
  );
  await io.out(`${summaryLine(result, elapsedMs)}\n`);
  const { error, warning } = countDiagnostics(ordered);
  if (result.broken.length > 0) await io.err(`${brokenNote(result)}\n`);
  if (error === 0 && warning > 0)
    await io.err(`\`chubc lint ${prefix.replace(/\/$/, "")}\` shows the warnings.\n`);
}

function brokenNote({ artifact, broken }: BuildResult): string {
  const files = `${broken.length} ${broken.length === 1 ? "file" : "files"}`;
  if (artifact === null)
    return `Nothing was written: ${files} with errors. --keep-going leaves them out.`;
  return `Left out:\n${broken.map((path) => `  ${path}`).join("\n")}`;
}

function summaryLine(result: BuildResult, elapsedMs: number): string {
  const { docs, skills, files, warnings, errors } = countsOf(result);
  const what = result.outputPath !== null ? "Built" : errors > 0 ? "Failed" : "Valid";
  const where = result.outputPath === null ? "" : ` -> ${result.outputPath}`;
  const counts = [
    plural(docs, "doc"),
    plural(skills, "skill"),
    plural(files, "file"),
    plural(warnings, "warning"),
    plural(errors, "error"),
    ...(result.cached > 0 ? [`${result.cached} cached`] : []),
  ];
  return `${what}: ${counts.join(", ")} in ${(elapsedMs / 1000).toFixed(2)} s${where}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function countsOf({ entries, artifact, discovered, diagnostics }: BuildResult) {
  const { error, warning } = countDiagnostics(orderDiagnostics(diagnostics));
  const docs = entries.filter(({ type }) => type === "doc").length;
  return {
    docs,
    skills: entries.length - docs,
    files: artifact?.parts.length ?? discovered.files.length,
    warnings: warning,
    errors: error,
  };
}

/** The keys of Context Hub's `build --json`, and more. */
function jsonResult(result: BuildResult): string {
  const record = {
    ...countsOf(result),
    ...(result.outputPath !== null && { output: result.outputPath }),
    ...(result.artifact !== null && { digest: result.artifact.digest }),
    broken: result.broken,
    skipped: result.discovered.skipped,
    diagnostics: orderDiagnostics(result.diagnostics),
  };
  return `${JSON.stringify(record, null, 2)}\n`;
}

function reportOf(result: BuildResult, diagnostics: readonly Diagnostic[], prefix: string): Report {
  const texts = new Map(result.discovered.files.map(({ path, bytes }) => [path, bytes]));
  return {
    diagnostics,
    files: result.discovered.files.length,
    prefix,
    textOf: (file) => {
      const bytes = texts.get(file);
      return bytes === undefined ? null : Buffer.from(bytes).toString("utf8");
    },
    rules: ALL_RULES,
    version: compilerVersion(),
  };
}

function prefixOf(contentRoot: string): string {
  const path = relative(".", contentRoot).replaceAll("\\", "/");
  return path === "" ? "" : `${path}/`;
}

const CLEAR_LINE = "\r\u001B[K";
