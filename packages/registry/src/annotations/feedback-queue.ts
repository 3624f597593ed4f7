import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeAtomic } from "../cache/atomic-write.ts";
import { ChubError, isChubError } from "../chub-error.ts";
import { sourceUrlProblem } from "../config/source-settings.ts";
import { byCodeUnit } from "../contract/code-unit-order.ts";
import { requireNoteText, type AnnotationTarget } from "./annotation.ts";

export const FEEDBACK_LABELS = [
  "accurate",
  "well-structured",
  "helpful",
  "good-examples",
  "outdated",
  "inaccurate",
  "incomplete",
  "wrong-examples",
  "wrong-version",
  "poorly-structured",
] as const;
export type FeedbackLabel = (typeof FEEDBACK_LABELS)[number];

/** What a reader thought of a text. */
export interface Feedback {
  readonly rating: "up" | "down";
  readonly comment?: string;
  readonly labels?: readonly FeedbackLabel[];
  /** File of the entry that is meant, when it is not the entry file. */
  readonly file?: string;
  /** Program and model that rated, as they named themselves. */
  readonly agent?: string;
  readonly model?: string;
  readonly target: AnnotationTarget;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
}

/** What became of a feedback. */
export interface FeedbackOutcome {
  readonly status: "sent" | "queued";
  /** Feedback that waits on this machine afterwards. */
  readonly waiting: number;
  /** Why it could not be sent, when there is an endpoint. */
  readonly problem?: string;
}

/** Feedback that waits on this machine; it leaves it only by `send`, or by `submit` with an endpoint. */
export interface FeedbackQueue {
  /** Errors: ChubError USAGE for a comment that could not be a note, LOCAL_IO. */
  add(feedback: Feedback): void;
  /**
   * Keeps it, then sends what waits when the user configured an endpoint. What could not be sent stays.
   * Errors: those of `add`, ChubError CONFIG.
   */
  submit(feedback: Feedback, url: string | undefined): Promise<FeedbackOutcome>;
  /** Oldest first. */
  list(): readonly Feedback[];
  /** Sends what waits to the endpoint that the user configured; what was taken is removed. Errors: ChubError CONFIG, NO_DATA. */
  send(url: string): Promise<number>;
  clear(): void;
}

/** The queue in a folder: one file each, so that processes do not meet. */
export function openFeedback(folder: string): FeedbackQueue {
  const queue: FeedbackQueue = {
    add(feedback) {
      for (const text of [feedback.comment, feedback.agent, feedback.model])
        if (text !== undefined) requireNoteText(text);
      const name = `${feedback.createdAt.replaceAll(/\D/g, "")}-${randomBytes(6).toString("hex")}.json`;
      writeAtomic(join(folder, name), new TextEncoder().encode(`${JSON.stringify(feedback)}\n`));
    },
    async submit(feedback, url) {
      queue.add(feedback);
      if (url === undefined) return { status: "queued", waiting: queue.list().length };
      try {
        await queue.send(url);
        return { status: "sent", waiting: queue.list().length };
      } catch (error) {
        if (!isChubError(error) || error.code !== "NO_DATA") throw error;
        return { status: "queued", waiting: queue.list().length, problem: error.message };
      }
    },
    list: () => queued(folder).map(({ feedback }) => feedback),
    async send(url) {
      const problem = sourceUrlProblem(url);
      if (problem !== null)
        throw new ChubError("CONFIG", `feedback_url: ${problem}`, {
          hint: "Correct feedback_url in config.yaml.",
        });
      let sent = 0;
      for (const { path, feedback } of queued(folder)) {
        await post(url, feedback);
        rmSync(path, { force: true });
        sent += 1;
      }
      return sent;
    },
    clear() {
      for (const { path } of queued(folder)) rmSync(path, { force: true });
    },
  };
  return queue;
}

function queued(folder: string): readonly { readonly path: string; readonly feedback: Feedback }[] {
  return namesIn(folder).flatMap((name) => {
    const path = join(folder, name);
    const feedback = decode(path);
    return feedback === null ? [] : [{ path, feedback }];
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d+-[0-9a-f]+\.json$/.test(name))
      .sort(byCodeUnit);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw new ChubError("LOCAL_IO", `Cannot read ${folder}`, {
      hint: "Check the permissions of the folder.",
      cause: error,
    });
  }
}

function decode(path: string): Feedback | null {
  try {
    const value = JSON.parse(readFileSync(path, "utf8")) as Partial<Feedback> | null;
    const isFeedback =
      (value?.rating === "up" || value?.rating === "down") &&
      typeof value.createdAt === "string" &&
      typeof value.target?.id === "string";
    return isFeedback ? (value as Feedback) : null;
  } catch {
    return null;
  }
}

async function post(url: string, feedback: Feedback): Promise<void> {
  const { origin } = new URL(url);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(feedback),
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (response.ok) return;
    throw new Error(`the server answered ${response.status}`);
  } catch (cause) {
    throw new ChubError(
      "NO_DATA",
      `Cannot send feedback to ${origin}: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        hint: "It stays on this machine and can be sent later.",
        cause,
      },
    );
  }
}

const TIMEOUT_MS = 3_000;
