import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeAtomic } from "../cache/atomic-write.ts";
import { ChubError } from "../chub-error.ts";
import { decodeLock, encodeLock, type Lock } from "./lock.ts";

/** Name of the file in the project's folder. */
export const LOCK_FILE = "chub.lock";

/** The lock of a project, or null without one. Errors: ChubError CONFIG, FORMAT_TOO_NEW, LOCAL_IO. */
export function readLock(folder: string): Lock | null {
  const path = join(folder, LOCK_FILE);
  try {
    return decodeLock(readFileSync(path, "utf8"), path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    if (error instanceof ChubError) throw error;
    throw new ChubError("LOCAL_IO", `Cannot read ${path} (${code ?? String(error)})`, {
      hint: "Check the permissions of the file.",
      cause: error,
    });
  }
}

/** Errors: ChubError LOCAL_IO. */
export function writeLock(folder: string, lock: Lock): void {
  writeAtomic(join(folder, LOCK_FILE), new TextEncoder().encode(encodeLock(lock)), SHARED);
}

/** As the user's mask allows: the file belongs to the project. */
const SHARED = 0o666;
