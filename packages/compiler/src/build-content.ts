import { dirname, join, resolve } from "node:path";
import { discover } from "./1-discover/discover.ts";
import { type ConfigFile, findConfig, readConfig } from "./1-discover/find-config.ts";
import { rereadSources, totalBytes } from "./1-discover/reread-source.ts";
import type { Discovered } from "./1-discover/source-file.ts";
import { loadEngine } from "./2-parse/engines.ts";
import type { CompilerConfig } from "./3-validate/generated/compiler-config.ts";
import { readCompilerConfig } from "./3-validate/read-config.ts";
import { RULE_IDS } from "./4-lint/rule-catalog.ts";
import { loadTokenCounter } from "./5-extract/tokens/token-counter.ts";
import { type OutputFolder, openOutput } from "./8-emit/output-folder.ts";
import { type Compilation, type CompileInputs, compile } from "./compile.ts";
import { loadSyntaxChecker } from "./grammars/load-syntax-checker.ts";
import { compileInWorkers } from "./workers/compile-in-workers.ts";

/** What to build and where to put it. */
export interface BuildOptions {
  /** Folder with the authors' folders. */
  readonly contentRoot: string;
  /** Default: `output` of chub.config.json when its `content` is this root, else `dist` below the root. */
  readonly outputPath?: string;
  /** A chub.config.json. Default: the nearest one at or above the root. */
  readonly configPath?: string;
  /** Where the artifact will be served from. */
  readonly baseUrl?: string;
  /** Whether to stop before writing. */
  readonly validateOnly?: boolean;
  /** Whether to leave broken files out and build the rest. */
  readonly keepGoing?: boolean;
  /** ISO 8601 day for rules that know the future. */
  readonly today?: string;
  readonly engine?: "satteri" | "remark";
  /** Worker threads to compile files in; 1 compiles in this thread. Default 1. The output does not depend on it. */
  readonly jobs?: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What a build gave. */
export interface BuildResult extends Compilation {
  readonly discovered: Discovered;
  /** Folder the artifact stands in; null when nothing was written. */
  readonly outputPath: string | null;
}

/**
 * Compiles a content folder into an artifact folder: reads, compiles, writes beside the old artifact, swaps.
 *
 * A build that fails writes nothing over the last good output.
 * **Errors**: `CONFIG`, `LOCAL_IO`, and `USAGE` when the output folder is not one of ours. Bad content is in `diagnostics`.
 */
export async function buildContent(options: BuildOptions): Promise<BuildResult> {
  const root = resolve(options.contentRoot);
  const found =
    options.configPath === undefined ? findConfig(root) : readConfig(options.configPath);
  const config = found === null ? null : readCompilerConfig(found, RULE_IDS);
  const place = options.outputPath ?? defaultOutput(root, found, config);
  const discovered = readTree(root, config);
  const output = options.validateOnly === true ? null : openOutput(place);
  try {
    const [engine, countTokens] = await Promise.all([
      loadEngine(options.engine),
      loadTokenCounter(),
    ]);
    const jobs = options.jobs ?? 1;
    // Workers look at their own files.
    const checkSyntax = await loadSyntaxChecker(jobs > 1 ? [] : discovered.files);
    const inputs: CompileInputs = {
      ...options,
      engine,
      checkSyntax,
      countTokens,
      config,
      ...(output !== null && { store: output, values: output.values }),
    };
    const compiled = jobs > 1 ? await compileInWorkers(discovered.files, inputs, jobs) : new Map();
    const compilation = compile(discovered, { ...inputs, compiled });
    return { ...compilation, discovered, outputPath: await emit(compilation, output, place) };
  } finally {
    output?.discard();
  }
}

function readTree(root: string, config: CompilerConfig | null): Discovered {
  const discovered = discover(root, { ignore: config?.ignore ?? [] });
  return totalBytes(discovered) <= MOST_IN_MEMORY ? discovered : rereadSources(root, discovered);
}

async function emit(
  { artifact }: Compilation,
  output: OutputFolder | null,
  place: string,
): Promise<string | null> {
  if (artifact === null || output === null) return null;
  await output.commit(artifact);
  return place;
}

function defaultOutput(
  root: string,
  file: ConfigFile | null,
  config: CompilerConfig | null,
): string {
  if (file !== null && config?.output !== undefined) {
    const folder = dirname(resolve(file.path));
    if (resolve(folder, config.content ?? "content") === root) return join(folder, config.output);
  }
  return join(root, "dist");
}

const MOST_IN_MEMORY = 256 * 1024 * 1024; // bytes
