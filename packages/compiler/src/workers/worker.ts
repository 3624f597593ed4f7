import { loadEngine } from "../2-parse/engines.ts";
import { loadTokenCounter } from "../5-extract/tokens/token-counter.ts";
import { memoryStore, memoryValues } from "../7-index/artifact.ts";
import { syntaxCheckerWith } from "../6-verify/check-syntax.ts";
import { loadSyntaxChecker } from "../grammars/load-syntax-checker.ts";
import { type Grammars, openGrammars } from "../grammars/open-grammars.ts";
import { compileFile, type FileContext, fileContextOf } from "../compile-file.ts";
import { type Batch, type BatchSetup, packFile, type SentFile } from "./batch.ts";

/** Compiles a batch in a worker thread. The context is made once for a run. */
export async function compileBatch({ setup, files }: Batch): Promise<readonly SentFile[]> {
  if (prepared?.run !== setup.run) prepared = await prepare(setup);
  const { context, grammars } = prepared;
  await loadSyntaxChecker(files, grammars);
  return files.map((file) => packFile(compileFile(file, context)));
}

/** The one thing a worker thread keeps between batches; nothing else shares the thread. */
let prepared: Prepared | null = null;

interface Prepared {
  readonly run: string;
  readonly context: FileContext;
  /** They grow with what the files of the batches need. */
  readonly grammars: Grammars;
}

async function prepare(setup: BatchSetup): Promise<Prepared> {
  const [engine, countTokens] = await Promise.all([loadEngine(setup.engine), loadTokenCounter()]);
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
    store: memoryStore(),
    values: memoryValues,
  };
  return { run: setup.run, context, grammars };
}
