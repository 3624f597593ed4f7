import { fileURLToPath } from "node:url";
import { isChubError } from "@chub/registry";
import { Tinypool } from "tinypool";
import { sizeOf } from "../1-discover/source-file.ts";
import type { MadeParts } from "../compile-file.ts";
import type { FileMemory, Pass } from "../file-memory.ts";
import { unpackLinted, unpackStructure } from "../pass-results.ts";
import type { Batch, BatchSetup, SentFile, SentPass, Task } from "./batch.ts";

/** What a run in worker threads needs besides the tasks. */
export interface WorkerRun extends Omit<BatchSetup, "run"> {
  /** Threads. */
  readonly jobs: number;
  readonly memory?: FileMemory;
  /** Milliseconds after which a thread that is still at one batch is taken to hang. */
  readonly patienceMs?: number;
  readonly onProgress?: (done: number) => void;
}

/**
 * Does tasks in worker threads; gives what was made, by path of the file.
 *
 * The results do not depend on the number of threads or on who is done first. When a thread crashes or hangs, its files
 * are done again one by one, so that the one to blame is known.
 */
export async function compileInWorkers(
  tasks: readonly Task[],
  run: WorkerRun,
): Promise<ReadonlyMap<string, MadeParts>> {
  const { jobs, memory: _memory, onProgress: _progress, patienceMs = PATIENCE_MS, ...rest } = run;
  const setup: BatchSetup = { run: "compile", ...rest };
  const pool = new Tinypool({ filename: WORKER, minThreads: jobs, maxThreads: jobs });
  const made = new Map<string, MadeParts>();
  const runBatch = async (batch: readonly Task[]): Promise<void> => {
    const sent = await attempt(pool, { setup, tasks: batch.map(readTask) }, patienceMs);
    if (typeof sent !== "string")
      sent.forEach((file, i) => made.set(batch[i]!.source.path, receive(batch[i]!, file, run)));
    else if (batch.length === 1) made.set(batch[0]!.source.path, { failed: sent });
    else for (const task of batch) await runBatch([task]);
  };
  const waiting = [...batchesOf(tasks, jobs)];
  const work = async (): Promise<void> => {
    for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
      await runBatch(batch);
      run.onProgress?.(made.size);
    }
  };
  try {
    await Promise.all(Array.from({ length: jobs }, work));
  } finally {
    await pool.destroy();
  }
  return made;
}

/**
 * A task with its bytes read. They must be there before the batch is sent: files share a buffer, which is copied when
 * the first of them is, and what a later one reads into it would be missing.
 */
function readTask({ source: { path, sha256, bytes }, passes }: Task): Task {
  return { source: { path, sha256, bytes }, passes };
}

/** What the thread gives, or why it gives nothing. */
async function attempt(
  pool: Tinypool,
  batch: Batch,
  patienceMs: number,
): Promise<readonly SentFile[] | string> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), patienceMs);
  try {
    const options = { name: "compileBatch", signal: patience.signal };
    return (await pool.run(batch, options)) as readonly SentFile[];
  } catch (error) {
    if (isChubError(error)) throw error;
    return patience.signal.aborted
      ? `no answer within ${patienceMs / 1000} s`
      : `the thread ended: ${messageOf(error)}`;
  } finally {
    clearTimeout(timer);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Results as the run uses them; the memory gets its copy. */
function receive({ source }: Task, sent: SentFile, { memory }: WorkerRun): MadeParts {
  if (sent.failed !== undefined) return { failed: sent.failed };
  const keep = (pass: Pass, { slices, reads }: SentPass): void => {
    if (reads !== null) memory?.remember(pass, source, { slices, reads });
  };
  if (sent.lint !== undefined) keep("lint", sent.lint);
  if (sent.structure !== undefined) keep("structure", sent.structure);
  return {
    ...(sent.lint !== undefined && { linted: unpackLinted(slicesOf(sent.lint)) }),
    ...(sent.structure !== undefined && { summary: unpackStructure(slicesOf(sent.structure)) }),
  };
}

function slicesOf({ slices }: SentPass): (() => Uint8Array)[] {
  return slices.map((slice) => () => slice);
}

/** Batches of about equal bytes, several for each thread, so that no thread waits long for another at the end. */
function batchesOf(tasks: readonly Task[], jobs: number): readonly (readonly Task[])[] {
  const total = tasks.reduce((sum, { source }) => sum + sizeOf(source), 0);
  const enough = Math.min(BATCH_BYTES, total / (jobs * BATCHES_PER_THREAD));
  const batches: Task[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const task of tasks) {
    if (size >= enough) {
      batches.push([]);
      size = 0;
    }
    batches.at(-1)!.push(task);
    size += sizeOf(task.source);
  }
  return batches;
}

// A bundle has its worker beside it as a bundle of its own.
const WORKER = fileURLToPath(
  new URL(import.meta.url.endsWith(".cjs") ? "./worker.cjs" : "./worker.js", import.meta.url),
);
const BATCH_BYTES = 256 * 1024;
const BATCHES_PER_THREAD = 4;
const PATIENCE_MS = 60_000;
