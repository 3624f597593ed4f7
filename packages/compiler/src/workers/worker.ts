import { loadEngine, type MarkdownEngine } from "../2-parse/engines.ts";
import { loadTokenCounter } from "../5-extract/tokens/token-counter.ts";
import { syntaxCheckerWith } from "../6-verify/check-syntax.ts";
import { loadSyntaxChecker } from "../grammars/load-syntax-checker.ts";
import { type Grammars, openGrammars } from "../grammars/open-grammars.ts";
import { type FileContext, fileContextOf, parseOnce, structureOf } from "../compile-file.ts";
import { failureOf } from "../failed-file.ts";
import { lintRecorded } from "../lint-content.ts";
import { packLinted, packStructure } from "../pass-results.ts";
import type { Batch, BatchSetup, SentFile, SentPass, Task } from "./batch.ts";

/** Compiles a batch in a worker thread: what it makes of each file, in order. The context is made once for a run. */
export async function compileBatch({ setup, tasks }: Batch): Promise<readonly SentFile[]> {
  if (prepared?.run !== setup.run) prepared = await prepare(setup);
  const { context, grammars } = prepared;
  await loadSyntaxChecker(
    tasks.map(({ source }) => source),
    grammars,
  );
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
let prepared: Prepared | null = null;

interface Prepared {
  readonly run: string;
  readonly context: WorkerContext;
  /** They grow with what the files of the batches need. */
  readonly grammars: Grammars;
}

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

async function prepare(setup: BatchSetup): Promise<Prepared> {
  const [engine, countTokens] = await Promise.all([
    engineOf(setup.engine),
    setup.countsTokens ? loadTokenCounter() : uncounted,
  ]);
  const grammars = openGrammars();
  const inputs = {
    engine,
    checkSyntax: syntaxCheckerWith(grammars.parserOf),
    countTokens,
    config: setup.config,
    ...(setup.today !== null && { today: setup.today }),
  };
  const context = {
    ...fileContextOf(
      setup.paths.map((path) => ({ path })),
      inputs,
    ),
    listed: new Set(setup.listed),
  };
  return { run: setup.run, context, grammars };
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
