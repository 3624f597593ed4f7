import { loadEngine, type MarkdownEngine } from "../2-parse/engines.ts";
import { loadTokenCounter } from "../5-extract/tokens/token-counter.ts";
import { type FileContext, fileContextOf, parseOnce, structureOf } from "../compile-file.ts";
import { failureOf } from "../failed-file.ts";
import { lintRecorded } from "../lint-content.ts";
import { packLinted, packStructure } from "../pass-results.ts";
import type { Batch, BatchSetup, SentFile, SentPass, Task } from "./batch.ts";

/** Compiles a batch in a worker thread: what it makes of each file, in order. The context is made once for a run. */
export async function compileBatch({ setup, tasks }: Batch): Promise<readonly SentFile[]> {
  if (prepared?.run !== setup.run) prepared = { run: setup.run, context: await prepare(setup) };
  const { context } = prepared;
  return tasks.map((task) => {
    try {
      return compileTask(task, context);
    } catch (error) {
      return { failed: failureOf(error) };
    }
  });
}

type WorkerContext = Omit<FileContext, "store" | "values" | "memory">;

/** The one thing a worker thread keeps between batches; nothing else shares the thread. */
let prepared: { run: string; context: WorkerContext } | null = null;

function compileTask({ source, passes }: Task, context: WorkerContext): SentFile {
  const parse = parseOnce(source, context.engine);
  const lint = (): SentPass => {
    const { linted, reads } = lintRecorded(source, { ...context, config: context.lint }, parse);
    return { slices: packLinted(linted), reads };
  };
  const structure = (): SentPass => {
    const made = structureOf(parse().value, context);
    return { slices: packStructure(made.structure), reads: made.reads };
  };
  return {
    ...(passes.includes("lint") && { lint: lint() }),
    ...(passes.includes("structure") && { structure: structure() }),
  };
}

async function prepare(setup: BatchSetup): Promise<WorkerContext> {
  const [engine, countTokens] = await Promise.all([
    engineOf(setup.engine),
    setup.countsTokens ? loadTokenCounter() : uncounted,
  ]);
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
  };
}

async function engineOf(choice: BatchSetup["engine"]): Promise<MarkdownEngine> {
  if (typeof choice === "string") return loadEngine(choice);
  const { loadEngine: load } = (await import(choice.module)) as {
    loadEngine: () => Promise<MarkdownEngine>;
  };
  return load();
}

function uncounted(): never {
  throw new Error("Unexpected count of tokens in a run without them");
}
