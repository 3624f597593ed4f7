import { availableParallelism } from "node:os";
import { type SourceFile, sizeOf } from "../1-discover/source-file.ts";
import { UNCOUNTED_BYTES } from "../4-lint/rules/structure-token-count.ts";
import { hasStructure, type MadeParts } from "../compile-file.ts";
import type { FileMemory, Pass } from "../file-memory.ts";
import type { Task } from "./batch.ts";
import { compileInWorkers, type WorkerRun } from "./compile-in-workers.ts";

/** What is to be made of the files of a tree. */
export interface Making extends Omit<WorkerRun, "jobs" | "countsTokens"> {
  readonly passes: readonly Pass[];
  /** Paths of the tree that are published. */
  readonly published: ReadonlySet<string>;
  /** Threads; null: as many as pay. */
  readonly jobs: number | null;
}

/** Makes in worker threads what the memory does not have, if that pays; the rest is left to the caller's thread. */
export async function makeParts(
  files: readonly SourceFile[],
  making: Making,
): Promise<ReadonlyMap<string, MadeParts>> {
  if (making.jobs === 1) return NOTHING;
  const tasks = tasksOf(files, making);
  const jobs = Math.min(making.jobs ?? paying(tasks), tasks.length);
  if (jobs <= 1 && making.jobs === null) return NOTHING;
  if (tasks.length === 0) return NOTHING;
  const { passes: _passes, published: _published, ...run } = making;
  const countsTokens = tasks.some(
    ({ source, passes }) => passes.includes("structure") || sizeOf(source) > UNCOUNTED_BYTES,
  );
  return compileInWorkers(tasks, { ...run, jobs, countsTokens });
}

function tasksOf(files: readonly SourceFile[], { passes, published, memory }: Making): Task[] {
  return files.flatMap((source) => {
    const needed = passes.filter(
      (pass) =>
        (pass === "lint" || hasStructure(source, published)) && isMissing(memory, pass, source),
    );
    return needed.length === 0 ? [] : [{ source, passes: needed }];
  });
}

function isMissing(memory: FileMemory | undefined, pass: Pass, source: SourceFile): boolean {
  return memory === undefined || memory.recall(pass, source) === null;
}

/** A thread takes half a second to start, in which another does about two megabytes. */
function paying(tasks: readonly Task[]): number {
  const bytes = tasks.reduce((sum, { source }) => sum + sizeOf(source), 0);
  return Math.min(Math.floor(bytes / BYTES_PER_THREAD), availableParallelism(), MOST_THREADS);
}

const NOTHING: ReadonlyMap<string, MadeParts> = new Map();
const BYTES_PER_THREAD = 3 * 1024 * 1024;
const MOST_THREADS = 8;
