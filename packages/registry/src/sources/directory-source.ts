import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import { ChubError } from "../chub-error.ts";
import { artifactPathProblem } from "../contract/artifact-path.ts";
import type { RandomAccessFile, Source } from "./source.ts";

export interface DirectorySourceOptions {
  readonly name: string;
  readonly kind: "path" | "npm" | "embedded";
  /** Absolute path of the artifact. */
  readonly directory: string;
  /** What to show instead of the directory, e.g. a package name. */
  readonly location?: string;
}

/**
 * An artifact in a directory. Never follows a link that leaves it, reads regular files only.
 *
 * Reads are synchronous behind the promise: for local files of this size that is several times faster.
 */
export function directorySource(options: DirectorySourceOptions): Source {
  const { name, kind, directory } = options;
  const at = (path: string): Place => ({ name, directory, path });
  return {
    name,
    kind,
    location: options.location ?? directory,
    async read(path) {
      const file = openInside(at(path));
      if (file === null) return null;
      try {
        return readExactly(file, 0, file.size);
      } finally {
        closeSync(file.descriptor);
      }
    },
    async open(path) {
      const file = openInside(at(path));
      return file === null ? null : randomAccess(file);
    },
  };
}

interface Place {
  readonly name: string;
  readonly directory: string;
  readonly path: string;
}

interface OpenFile {
  readonly descriptor: number;
  /** When it was opened. */
  readonly size: number;
  readonly place: Place;
}

/** A regular file inside the directory, or null when there is none. */
function openInside(place: Place): OpenFile | null {
  const problem = artifactPathProblem(place.path);
  if (problem !== null) throw refused(place, `the path is not allowed: ${problem}`);
  try {
    const root = realpathSync.native(place.directory);
    const file = realpathSync.native(join(place.directory, place.path));
    if (!file.startsWith(root.endsWith(sep) ? root : root + sep)) {
      throw refused(place, "it is a link that leaves the source");
    }
    return openRegular(file, place);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    if (code === "ELOOP") throw refused(place, "it is a link that leaves the source");
    throw code === "INTEGRITY" ? error : localFailure(place, error);
  }
}

function openRegular(file: string, place: Place): OpenFile | null {
  // O_NOFOLLOW: a link put in place after the check is not followed; O_NONBLOCK: a pipe does not block.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const descriptor = openSync(file, flags);
  const status = fstatSync(descriptor);
  if (status.isFile() && status.size <= MAX_FILE_BYTES)
    return { descriptor, size: status.size, place };
  closeSync(descriptor);
  if (!status.isFile()) return null;
  throw refused(place, `it has ${status.size} bytes, more than ${MAX_FILE_BYTES}`);
}

function randomAccess(file: OpenFile): RandomAccessFile {
  let open = true;
  return {
    size: file.size,
    async read(position, length) {
      if (!open) throw new Error(`Unexpected read of ${file.place.path} after it was closed`);
      return readExactly(file, position, length);
    },
    async close() {
      if (open) closeSync(file.descriptor);
      open = false;
    },
  };
}

function readExactly(
  { descriptor, size, place }: OpenFile,
  position: number,
  length: number,
): Uint8Array {
  if (position < 0 || length < 0 || position + length > size)
    throw refused(place, "it is shorter than it says");
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const read = readBytes(descriptor, place, {
      into: bytes.subarray(done),
      position: position + done,
    });
    if (read === 0) throw refused(place, "it is shorter than it says");
    done += read;
  }
  return bytes;
}

function readBytes(
  descriptor: number,
  place: Place,
  span: { into: Uint8Array; position: number },
): number {
  try {
    return readSync(descriptor, span.into, 0, span.into.length, span.position);
  } catch (error) {
    throw localFailure(place, error);
  }
}

function refused({ name, path }: Place, why: string): ChubError {
  return new ChubError(
    "INTEGRITY",
    `Refused ${JSON.stringify(path.slice(0, 240))} of source ${name}: ${why}`,
    {
      hint: "Tell whoever builds this source; nothing was read.",
    },
  );
}

function localFailure({ name, path, directory }: Place, cause: unknown): ChubError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ChubError(
    "LOCAL_IO",
    `Cannot read ${path} of source ${name} in ${directory}: ${reason}`,
    {
      hint: "Check that the directory can be read.",
      cause,
    },
  );
}

/** Larger than any index the project publishes; bounds what one read can allocate. */
const MAX_FILE_BYTES = 512 * 1024 * 1024;
