import { createInterface } from "node:readline/promises";
import { basename } from "node:path";
import { performance } from "node:perf_hooks";
import type { CommandIo } from "./command.ts";

/** The process this program runs in. A reader that closes the pipe early ends the program without an error. */
export function processIo(): CommandIo {
  process.stdout.on("error", quitOnClosedPipe);
  process.stderr.on("error", quitOnClosedPipe);
  return {
    out: (text) => write(process.stdout, text),
    err: (text) => write(process.stderr, text),
    ask: process.stdin.isTTY === true && process.stderr.isTTY === true ? ask : null,
    program: /^chub(?:\.\w+)?$/.test(basename(process.argv[1] ?? "")) ? "chub" : "chubc",
    env: process.env,
    cwd: process.cwd(),
    outIsTerminal: process.stdout.isTTY === true,
    errIsTerminal: process.stderr.isTTY === true,
    columns: process.stdout.columns ?? 80,
    today: new Date().toISOString().slice(0, 10),
    elapsedMs: () => performance.now(),
  };
}

/** A closed terminal is no answer, and ends the program as an interrupt does. */
async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  lines.on("SIGINT", () => process.exit(130));
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  if (text === "") return Promise.resolve();
  return new Promise((resolve) => {
    // An error arrives at the stream's own listener.
    stream.write(text, () => resolve());
  });
}

function quitOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
}
