import { fileURLToPath } from "node:url";
import { Tinypool } from "tinypool";
import type { SourceFile } from "../1-discover/source-file.ts";
import { loadAuthorRegistries } from "../3-validate/author-registry.ts";
import type { CompiledFile } from "../compile-file.ts";
import type { CompileInputs } from "../compile.ts";
import { memoryStore, memoryValues } from "../7-index/artifact.ts";
import { type Batch, type BatchSetup, type SentFile, unpackFile } from "./batch.ts";

/**
 * Compiles the files of a tree in `jobs` worker threads, by path.
 *
 * The results do not depend on the number of threads or on who is done first.
 */
export async function compileInWorkers(
  files: readonly SourceFile[],
  inputs: CompileInputs,
  jobs: number,
): Promise<ReadonlyMap<string, CompiledFile>> {
  const setup = setupOf(files, inputs);
  const stores = { store: inputs.store ?? memoryStore(), values: inputs.values ?? memoryValues };
  const pool = new Tinypool({ filename: WORKER, minThreads: jobs, maxThreads: jobs });
  const compiled = new Map<string, CompiledFile>();
  try {
    const batches = batchesOf(files, jobs);
    await Promise.all(
      batches.map(async (batch) => {
        const task: Batch = { setup, files: batch };
        const sent = (await pool.run(task, { name: "compileBatch" })) as readonly SentFile[];
        sent.forEach((file, i) => compiled.set(batch[i]!.path, unpackFile(file, stores)));
        inputs.onProgress?.(compiled.size, files.length);
      }),
    );
  } finally {
    await pool.destroy();
  }
  return compiled;
}

function setupOf(
  files: readonly SourceFile[],
  { engine, config, today }: CompileInputs,
): BatchSetup {
  return {
    run: "build",
    engine: engine.id,
    config,
    today: today ?? null,
    paths: files.map(({ path }) => path),
    listed: loadAuthorRegistries(files).value.map(({ author }) => author),
  };
}

/** Batches of about equal bytes, several for each thread, so that no thread waits long for another at the end. */
function batchesOf(files: readonly SourceFile[], jobs: number): readonly (readonly SourceFile[])[] {
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const enough = Math.min(BATCH_BYTES, total / (jobs * BATCHES_PER_THREAD));
  const batches: SourceFile[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const file of files) {
    if (size >= enough) {
      batches.push([]);
      size = 0;
    }
    batches.at(-1)!.push(file);
    size += file.bytes.length;
  }
  return batches;
}

const WORKER = fileURLToPath(new URL("./worker.js", import.meta.url));
const BATCH_BYTES = 256 * 1024;
const BATCHES_PER_THREAD = 4;
