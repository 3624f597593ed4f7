import { loadEngine } from "../2-parse/engines.ts";
import { loadTokenCounter } from "../5-extract/tokens/token-counter.ts";
import { memoryStore, memoryValues } from "../7-index/artifact.ts";
import { compileFile, type FileContext, fileContextOf } from "../compile-file.ts";
import { type Batch, type BatchSetup, packFile, type SentFile } from "./batch.ts";

/** Compiles a batch in a worker thread. The context is made once for a run. */
export async function compileBatch({ setup, files }: Batch): Promise<readonly SentFile[]> {
  if (prepared?.run !== setup.run) prepared = { run: setup.run, context: await prepare(setup) };
  const { context } = prepared;
  return files.map((file) => packFile(compileFile(file, context)));
}

/** The one thing a worker thread keeps between batches; nothing else shares the thread. */
let prepared: { run: string; context: FileContext } | null = null;

async function prepare(setup: BatchSetup): Promise<FileContext> {
  const [engine, countTokens] = await Promise.all([loadEngine(setup.engine), loadTokenCounter()]);
  const inputs = {
    engine,
    countTokens,
    config: setup.config,
    ...(setup.today !== null && { today: setup.today }),
  };
  return {
    ...fileContextOf(
      setup.paths.map((path) => ({ path })),
      inputs,
    ),
    listed: new Set(setup.listed),
    store: memoryStore(),
    values: memoryValues,
  };
}
