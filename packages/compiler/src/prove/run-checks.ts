import { type ChildProcess, fork } from "node:child_process";
import type { CheckAnswer, CheckerSetup, CheckJob } from "./check-job.ts";

/** How checks are run. */
export interface RunChecksOptions {
  /** Script of the checker process. */
  readonly script: string;
  readonly setup: CheckerSetup;
  /** Processes at once. */
  readonly processes: number;
  /** Megabytes of heap a process may use. */
  readonly memoryMb: number;
  /** Milliseconds for one document; a job has as much for each of its documents. */
  readonly timeoutMs: number;
  readonly onProgress?: (documents: number) => void;
}

/**
 * Answers of all jobs, in order.
 *
 * Jobs run in processes of their own. When one hangs or ends, its documents are tried one by one, so that only the
 * document that is to blame goes without an answer.
 */
export async function runChecks(
  jobs: readonly CheckJob[],
  options: RunChecksOptions,
): Promise<readonly CheckAnswer[]> {
  const answers = jobs.map((): CheckAnswer => []);
  const queue = jobs.map((job, index) => ({ job, index }));
  const work = async (): Promise<void> => {
    const worker = checkerWorker(options);
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      answers[next.index] = await answerOf(next.job, worker);
      options.onProgress?.(next.job.documents.length);
    }
    worker.end();
  };
  const count = Math.min(options.processes, jobs.length);
  await Promise.all(Array.from({ length: count }, work));
  return answers;
}

async function answerOf(job: CheckJob, worker: CheckerWorker): Promise<CheckAnswer> {
  const together = await worker.check(job);
  if (together !== null) return together;
  if (job.documents.length <= 1) return job.documents.map(() => null);
  const single: (CheckAnswer[number] | null)[] = [];
  for (const document of job.documents) {
    const alone = await worker.check({ ...job, documents: [document] });
    single.push(alone?.[0] ?? null);
  }
  return single;
}

interface CheckerWorker {
  /** Null when the process hung or ended; the next check starts a new one. */
  check(job: CheckJob): Promise<CheckAnswer | null>;
  end(): void;
}

function checkerWorker({ script, setup, memoryMb, timeoutMs }: RunChecksOptions): CheckerWorker {
  let child: ChildProcess | null = null;
  const start = (): ChildProcess =>
    fork(script, [JSON.stringify(setup)], {
      execArgv: [`--max-old-space-size=${memoryMb}`],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      serialization: "advanced",
    });
  return {
    async check(job) {
      child ??= start();
      const answer = await ask(child, job, timeoutMs * Math.max(1, job.documents.length));
      if (answer === null) child = null;
      return answer;
    },
    end: () => child?.disconnect(),
  };
}

function ask(child: ChildProcess, job: CheckJob, timeoutMs: number): Promise<CheckAnswer | null> {
  return new Promise((resolve) => {
    const finish = (answer: CheckAnswer | null): void => {
      clearTimeout(timer);
      child.removeAllListeners();
      // Whatever it is still doing, nobody waits for it.
      if (answer === null) child.kill("SIGKILL");
      resolve(answer);
    };
    const timer = setTimeout(() => finish(null), timeoutMs);
    child.once("message", (answer) => finish(answer as CheckAnswer));
    child.once("exit", () => finish(null));
    child.once("error", () => finish(null));
    child.send(job, (error) => {
      if (error !== null) finish(null);
    });
  });
}
