import { fstatSync, statSync, writeSync } from "node:fs";
import { devNull } from "node:os";

/** Standard streams by descriptor. */
export type StandardStream = 0 | 1 | 2;

/** Whether a standard stream is a terminal; Node's tty module is loaded only when it may be one. */
export async function isTerminal(stream: StandardStream): Promise<boolean> {
  return mayBeTerminal(stream) && (await import("node:tty")).isatty(stream);
}

/** False for files, pipes, closed descriptors and the null device. Windows tells nothing of the kind. */
function mayBeTerminal(stream: StandardStream): boolean {
  if (process.platform === "win32") return true;
  try {
    const stats = fstatSync(stream);
    return stats.isCharacterDevice() && stats.rdev !== statSync(devNull).rdev;
  } catch {
    return false;
  }
}

/** Writes all of a text; a reader that has gone away is not an error. */
export async function writeText(
  stream: Exclude<StandardStream, 0>,
  text: string,
  isTty: boolean,
): Promise<void> {
  if (text === "") return;
  if (isTty) await writeToTerminal(stream, text);
  else writeToFile(stream, Buffer.from(text, "utf8"));
}

/** Through Node's own stream, which knows Windows consoles. */
async function writeToTerminal(stream: Exclude<StandardStream, 0>, text: string): Promise<void> {
  const target = stream === 1 ? process.stdout : process.stderr;
  await new Promise<void>((resolve) => {
    target.once("error", () => resolve());
    target.write(text, () => resolve());
  });
}

function writeToFile(stream: Exclude<StandardStream, 0>, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(stream, bytes, written);
    } catch (cause) {
      const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
      if (code === "EPIPE" || code === "EOF") return;
      if (code !== "EAGAIN") throw cause;
      waitForReader();
    }
  }
}

/** A pipe that somebody made non-blocking is full: pause instead of spinning. */
function waitForReader(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FULL_PIPE_PAUSE_MS);
}

const FULL_PIPE_PAUSE_MS = 2;
