import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { ChubError } from "../chub-error.ts";

/**
 * Writes a file so that a reader, and a crash at any moment, sees the old content or the new, never a part.
 *
 * Folders on the way are made. Files and folders are readable by the user only, unless `mode` says otherwise. Errors: ChubError LOCAL_IO; nothing is left behind then.
 */
export function writeAtomic(path: string, bytes: Uint8Array, mode = PRIVATE): void {
  const folder = dirname(path);
  const random = randomBytes(8).toString("hex");
  const temporary = join(folder, `.${basename(path)}.${process.pid}.${random}.tmp`);
  const write = (): void => {
    mkdirSync(folder, { recursive: true, ...(mode === PRIVATE ? { mode: 0o700 } : {}) });
    writeNew(temporary, bytes, mode);
    renameOrRemove(temporary, path);
    syncFolder(folder);
  };
  try {
    untilFolderStays(write);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new ChubError("LOCAL_IO", `Cannot write ${path} (${code})`, {
      hint: "Check that the folder may be written to and has room.",
      cause,
    });
  }
}

/** Another process that clears the cache can take the folder away between two steps. */
function untilFolderStays(write: () => void): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      write();
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT" || attempt === MAX_ATTEMPTS)
        throw error;
    }
  }
}

function renameOrRemove(temporary: string, path: string): void {
  try {
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** A new file with exactly these bytes on the disk; `wx` follows no link and replaces nothing. */
function writeNew(path: string, bytes: Uint8Array, mode: number): void {
  const descriptor = openSync(path, "wx", mode);
  try {
    let done = 0;
    while (done < bytes.length) {
      const written = writeSync(descriptor, bytes, done);
      if (written === 0) throw new Error("nothing could be written");
      done += written;
    }
    fsyncSync(descriptor);
    // A full disk can cut a file without an error.
    if (fstatSync(descriptor).size !== bytes.length) {
      throw new Error("the file is shorter than what was written");
    }
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** Makes the rename last through a power failure; where folders cannot be opened, the system does it by itself. */
function syncFolder(folder: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(folder, constants.O_RDONLY);
  } catch {
    return;
  }
  try {
    fsyncSync(descriptor);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EINVAL" && code !== "EPERM" && code !== "EISDIR") throw error;
  } finally {
    closeSync(descriptor);
  }
}

const PRIVATE = 0o600;
const MAX_ATTEMPTS = 3;
