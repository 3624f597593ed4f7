import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeAtomic } from "../cache/atomic-write.ts";
import { ChubError } from "../chub-error.ts";
import { sourceUrlProblem } from "../config/source-settings.ts";
import { byCodeUnit } from "../contract/code-unit-order.ts";
import { requireNoteText, type AnnotationTarget } from "./annotation.ts";

/** What a reader thought of a text. */
export interface Feedback {
  readonly rating: "up" | "down";
  readonly comment?: string;
  readonly target: AnnotationTarget;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
}

/** Feedback that waits on this machine; it leaves it only by `send`. */
export interface FeedbackQueue {
  /** Errors: ChubError USAGE for a comment that could not be a note, LOCAL_IO. */
  add(feedback: Feedback): void;
  /** Oldest first. */
  list(): readonly Feedback[];
  /** Sends what waits to the endpoint that the user configured; what was taken is removed. Errors: ChubError CONFIG, NO_DATA. */
  send(url: string): Promise<number>;
  clear(): void;
}

/** The queue in a folder: one file each, so that processes do not meet. */
export function openFeedback(folder: string): FeedbackQueue {
  return {
    add(feedback) {
      if (feedback.comment !== undefined) requireNoteText(feedback.comment);
      const name = `${feedback.createdAt.replaceAll(/\D/g, "")}-${randomBytes(6).toString("hex")}.json`;
      writeAtomic(join(folder, name), new TextEncoder().encode(`${JSON.stringify(feedback)}\n`));
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
