import { randomBytes } from "node:crypto";
import { lstatSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ChubError } from "@chub/registry";
import type { FilePort } from "./ports.ts";
import { quoteInput } from "./terminal/neutralise.ts";

/** Files of the machine. */
export const nodeFiles: FilePort = {
  isDirectory: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true,
  write(path, text) {
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeWhole(path, text);
    } catch (cause) {
      throw new ChubError("LOCAL_IO", `Cannot write ${quoteInput(path, 200)} (${codeOf(cause)})`, {
        hint: "Check that the folder exists, may be written to and has room",
        cause,
      });
    }
  },
};

/** 64 random bits in hex. */
export function randomBoundary(): string {
  return randomBytes(8).toString("hex");
}

/** A reader never sees half a file: it appears by a rename. A pipe, a device or a link is written to as it is. */
function writeWhole(path: string, text: string): void {
  const existing = lstatSync(path, { throwIfNoEntry: false });
  if (existing !== undefined && !existing.isFile()) {
    writeFileSync(path, text);
    return;
  }
  const temporary = join(dirname(path), `.${basename(path)}.${randomBoundary()}.tmp`);
  try {
    writeFileSync(temporary, text, { flag: "wx" });
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cause;
  }
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
}
