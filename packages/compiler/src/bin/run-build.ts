import { relative } from "node:path";
import { type BuildResult, buildContent } from "../build-content.ts";
import { bundleDigest } from "../8-emit/is-intact.ts";
import { keepReport } from "../cache/kept-reports.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { formatFor } from "../diagnostics/formats.ts";
import { orderDiagnostics } from "../diagnostics/order.ts";
import { renderCompact } from "../diagnostics/render-compact.ts";
import { ansiPaint, plainPaint, renderPretty } from "../diagnostics/render-pretty.ts";
import { countDiagnostics, type Report } from "../diagnostics/report.ts";
import { ALL_RULES } from "../4-lint/rule-catalog.ts";
import { type BuildFigures, buildSummary } from "./build-summary.ts";
import { type CommandIo, EXIT } from "./command.ts";
import { explainCache } from "./explain-cache.ts";
import type { KeptBuild, PreparedBuild } from "./kept-build.ts";
import { compilerVersion } from "./version.ts";

/** Compiles, prints the result, and gives the exit code. */
export async function runBuild(
  prepared: PreparedBuild,
  startedMs: number,
  io: CommandIo,
): Promise<number> {
  const { options, cacheFolder } = prepared;
  const warn = (message: string): void => void io.err(`warning: ${message}\n`);
  const result = await buildContent({
    ...options.build,
    today: io.today,
    ...(cacheFolder !== null && { cache: { folder: cacheFolder, warn } }),
    ...(io.errIsTerminal && { onProgress: progressOn(io) }),
  });
  if (io.errIsTerminal) await io.err(CLEAR_LINE);
  const prefix = prefixOf(options.build.contentRoot);
  if (options.cache.explain)
    await io.err(
      explainCache(result.misses, {
        files: result.discovered.files.length,
        cached: result.cached,
      }),
    );
  if (options.json) await io.out(jsonResult(result));
  else await printResult(result, { io, elapsedMs: io.elapsedMs() - startedMs, prefix });
  keep(prepared, result, { prefix, warn });
  return result.broken.length === 0 ? EXIT.clean : EXIT.findings;
}

/** Keeps the result of a build without errors, for the next one of the same tree. */
function keep(
  { cacheFolder, key }: PreparedBuild,
  result: BuildResult,
  { prefix, warn }: { prefix: string; warn: (message: string) => void },
): void {
  const { artifact, broken, days, outputPath } = result;
  if (cacheFolder === null || key === null || days === null || broken.length > 0) return;
  if (artifact === null || outputPath === null) return;
  const kept: KeptBuild = {
    json: jsonResult(result),
    figures: countsOf(result),
    note: hintOf(result, prefix),
    digest: artifact.digest,
    bundleSha256: bundleDigest(outputPath),
  };
  const counts = countDiagnostics(orderDiagnostics(result.diagnostics));
  try {
    keepReport(cacheFolder, key, { text: JSON.stringify(kept), counts, days });
  } catch (error) {
    warn(`The result is not kept: ${error instanceof Error ? error.message : String(error)}`);
  }
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
  const what = outcomeOf(result);
  await io.out(buildSummary(countsOf(result), { what, place: result.outputPath, elapsedMs }));
  if (result.broken.length > 0) await io.err(`${brokenNote(result)}\n`);
  await io.err(hintOf(result, prefix));
}

function hintOf(result: BuildResult, prefix: string): string {
  const { errors, warnings } = countsOf(result);
  if (errors > 0 || warnings === 0) return "";
  return `\`chubc lint ${prefix.replace(/\/$/, "")}\` shows the warnings.\n`;
}

function brokenNote({ artifact, broken }: BuildResult): string {
  const files = `${broken.length} ${broken.length === 1 ? "file" : "files"}`;
  if (artifact === null)
    return `Nothing was written: ${files} with errors. --keep-going leaves them out.`;
  return `Left out:\n${broken.map((path) => `  ${path}`).join("\n")}`;
}

function outcomeOf(result: BuildResult): string {
  if (result.outputPath !== null) return "Built";
  return countsOf(result).errors > 0 ? "Failed" : "Valid";
}

function countsOf(result: BuildResult): BuildFigures {
  const { entries, artifact, discovered, diagnostics, cached } = result;
  const { error, warning } = countDiagnostics(orderDiagnostics(diagnostics));
  const docs = entries.filter(({ type }) => type === "doc").length;
  return {
    docs,
    skills: entries.length - docs,
    files: artifact?.parts.length ?? discovered.files.length,
    warnings: warning,
    errors: error,
    cached,
  };
}

/** The keys of Context Hub's `build --json`, and more. */
function jsonResult(result: BuildResult): string {
  // How much came from a cache is no property of the result.
  const { cached: _cached, ...figures } = countsOf(result);
  const record = {
    ...figures,
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
