import { resolve } from "node:path";
import { discover } from "./1-discover/discover.ts";
import { findConfig, readConfig } from "./1-discover/find-config.ts";
import type { Discovered } from "./1-discover/source-file.ts";
import { loadEngine } from "./2-parse/engines.ts";
import { readCompilerConfig } from "./3-validate/read-config.ts";
import { RULE_IDS } from "./4-lint/rule-catalog.ts";
import { loadTokenCounter } from "./5-extract/tokens/token-counter.ts";
import { type OutputFolder, openOutput } from "./8-emit/output-folder.ts";
import { type Compilation, type CompileInputs, compile } from "./compile.ts";
import { type CacheOptions, openRunCache, saveRunCache } from "./cache/run-cache.ts";
import type { Days, FileCache } from "./cache/file-cache.ts";
import { worldOf } from "./cache/record-reads.ts";
import { publishedPaths } from "./compile-file.ts";
import { loadSyntaxChecker } from "./grammars/load-syntax-checker.ts";
import { defaultOutput } from "./output-place.ts";
import { makeParts } from "./workers/make-parts.ts";
import { listedAuthors } from "./3-validate/author-registry.ts";

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
  /** Worker threads to compile files in; 1 compiles in this thread. Default: as many as pay. The output does not depend on it. */
  readonly jobs?: number;
  /** Where to remember what was made of single files. Default: nowhere. The output does not depend on it. */
  readonly cache?: CacheOptions;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What a build gave. */
export interface BuildResult extends Compilation {
  readonly discovered: Discovered;
  /** Folder the artifact stands in; null when nothing was written. */
  readonly outputPath: string | null;
  /** Files of which nothing had to be made again. */
  readonly cached: number;
  /** Why files were not cached, by path; null without a cache. */
  readonly misses: ReadonlyMap<string, string> | null;
  /** Days that the findings depend on; null when that is not known. */
  readonly days: Days | null;
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
  const discovered = discover(root, {
    ignore: config?.ignore ?? [],
    late: { keptBytes: MOST_IN_MEMORY },
  });
  const output = options.validateOnly === true ? null : openOutput(place);
  try {
    const [engine, countTokens] = await Promise.all([
      loadEngine(options.engine),
      loadTokenCounter(),
    ]);
    const inputs: CompileInputs = {
      ...options,
      engine,
      countTokens,
      config,
      ...(output !== null && { store: output, values: output.values }),
    };
    const cache = openCache(discovered, inputs, options);
    try {
      const compilation = await compileAll(discovered, inputs, { ...options, cache });
      const outputPath = await emit(compilation, output, place);
      return { ...compilation, discovered, outputPath, ...cacheFigures(discovered, cache) };
    } finally {
      saveRunCache(cache, options.cache?.warn ?? (() => {}));
    }
  } finally {
    output?.discard();
  }
}

function openCache(
  { files }: Discovered,
  { engine, config, today }: CompileInputs,
  { cache }: BuildOptions,
): FileCache | null {
  if (cache === undefined) return null;
  const paths = new Set(files.map(({ path }) => path));
  const listed = new Set(listedAuthors(files));
  return openRunCache({ ...cache, engine, config, world: worldOf({ paths, listed, today }) });
}

function cacheFigures(
  { files }: Discovered,
  cache: FileCache | null,
): Pick<BuildResult, "cached" | "misses" | "days"> {
  if (cache === null) return { cached: 0, misses: null, days: null };
  const misses = missed(cache);
  return { cached: files.length - misses.size, misses, days: cache.days("lint") };
}

/** Files of which a pass had to be done, with the reason. */
function missed(cache: FileCache): ReadonlyMap<string, string> {
  return new Map([...cache.misses("structure"), ...cache.misses("lint")]);
}

async function compileAll(
  discovered: Discovered,
  inputs: CompileInputs,
  { jobs, cache }: { readonly jobs?: number; readonly cache: FileCache | null },
): Promise<Compilation> {
  const { files } = discovered;
  const memory = cache === null ? {} : { memory: cache };
  const { onProgress } = inputs;
  const made = await makeParts(files, {
    passes: PASSES,
    published: publishedPaths(files),
    engine: inputs.engine.id,
    config: inputs.config,
    today: inputs.today ?? null,
    paths: files.map(({ path }) => path),
    listed: listedAuthors(files),
    jobs: jobs ?? null,
    ...memory,
    ...(onProgress !== undefined && { onProgress: (done) => onProgress(done, files.length) }),
  });
  // Threads load the grammars for their own files.
  const left = files.filter(
    (file) =>
      !made.has(file.path) &&
      (cache === null || PASSES.some((pass) => cache.recall(pass, file) === null)),
  );
  const checkSyntax = await loadSyntaxChecker(left);
  return compile(discovered, { ...inputs, ...memory, checkSyntax, made });
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

const PASSES = ["lint", "structure"] as const;
const MOST_IN_MEMORY = 256 * 1024 * 1024; // bytes
