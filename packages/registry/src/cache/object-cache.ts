import { createHash, randomBytes } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { ChubError, isChubError } from "../chub-error.ts";
import { byCodeUnit } from "../contract/code-unit-order.ts";
import { writeAtomic } from "./atomic-write.ts";

/**
 * Bytes by their sha256, and small state files by name, in one folder that holds nothing else.
 *
 * Everything is checked when it is read: what does not match is removed and counts as absent, so that it
 * is fetched again. Reads take no lock; a writer replaces whole files. Notes and configuration live elsewhere.
 */
export interface ObjectCache {
  /** Bytes with this digest, or null. */
  read(sha256: string): Uint8Array | null;
  /** Keeps bytes; gives their digest. A cache that cannot be written keeps nothing, see `problem`. */
  write(bytes: Uint8Array): string;
  /** State of a source, or null; damaged state counts as absent. */
  readState(name: string): unknown;
  writeState(name: string, state: unknown): void;
  status(): CacheStatus;
  /** Removes everything. */
  clear(): void;
  /** Reads every object; gives the digests of those that were damaged and are removed. */
  verify(): readonly string[];
  /** Removes the objects not written for the longest time until the rest fits, and what killed writers left behind. */
  evict(maxBytes: number): void;
  /** Why the last write was not kept. */
  problem(): ChubError | null;
}

export interface CacheStatus {
  readonly folder: string;
  readonly objects: number;
  /** Of the objects. */
  readonly bytes: number;
}

/** The cache in a folder; nothing is made before the first write. */
export function openCache(folder: string): ObjectCache {
  let lastProblem: ChubError | null = null;
  const keep = (path: string, bytes: Uint8Array): void => {
    try {
      writeAtomic(path, bytes);
    } catch (error) {
      if (!isChubError(error)) throw error;
      lastProblem = error;
    }
  };
  return {
    read: (sha256) => readObject(folder, sha256),
    write(bytes) {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const path = objectPath(folder, sha256);
      if (sizeOf(path) !== bytes.length) keep(path, bytes);
      return sha256;
    },
    readState: (name) => readJson(statePath(folder, name)),
    writeState: (name, state) =>
      keep(statePath(folder, name), Buffer.from(`${JSON.stringify(state)}\n`)),
    status() {
      const objects = listObjects(folder);
      return {
        folder,
        objects: objects.length,
        bytes: objects.reduce((sum, { size }) => sum + size, 0),
      };
    },
    clear() {
      for (const part of ["objects", "sources"]) removeFolder(join(folder, part));
    },
    verify: () =>
      listObjects(folder).flatMap(({ sha256 }) =>
        readObject(folder, sha256) === null ? [sha256] : [],
      ),
    evict: (maxBytes) => evict(folder, maxBytes),
    problem: () => lastProblem,
  };
}

/** Other processes may write into it meanwhile: it is moved aside first, so that they begin a new one. */
function removeFolder(path: string): void {
  const aside = `${path}.${process.pid}.${randomBytes(8).toString("hex")}.cleared`;
  try {
    renameSync(path, aside);
    rmSync(aside, { recursive: true, force: true, maxRetries: 5 });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") return;
    throw new ChubError("LOCAL_IO", `Cannot remove ${path} (${code ?? String(cause)})`, {
      hint: "Check that the folder may be written to, and that no other program uses it.",
      cause,
    });
  }
}

function readObject(folder: string, sha256: string): Uint8Array | null {
  const path = objectPath(folder, sha256);
  const bytes = readIfThere(path);
  if (bytes === null) return null;
  if (createHash("sha256").update(bytes).digest("hex") === sha256) return bytes;
  rmSync(path, { force: true });
  return null;
}

function readJson(path: string): unknown {
  const bytes = readIfThere(path);
  if (bytes === null) return null;
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

/** Null when it is not there or cannot be read: a cache that does not answer is no failure. */
function readIfThere(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return null;
  }
}

function sizeOf(path: string): number | null {
  try {
    return statSync(path).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return null;
  }
}

interface StoredObject {
  readonly sha256: string;
  readonly path: string;
  readonly size: number;
  readonly modifiedMs: number;
}

function listObjects(folder: string): readonly StoredObject[] {
  return filesBelow(join(folder, "objects")).flatMap(({ name, path, size, modifiedMs }) =>
    /^[0-9a-f]{64}$/.test(name) ? [{ sha256: name, path, size, modifiedMs }] : [],
  );
}

function filesBelow(
  folder: string,
): readonly (Omit<StoredObject, "sha256"> & { readonly name: string })[] {
  return namesIn(folder)
    .flatMap((shard) =>
      namesIn(join(folder, shard)).map((name) => ({ name, path: join(folder, shard, name) })),
    )
    .flatMap(({ name, path }) => {
      const status = lstatSync(path, { throwIfNoEntry: false });
      return status?.isFile() === true
        ? [{ name, path, size: status.size, modifiedMs: status.mtimeMs }]
        : [];
    });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort(byCodeUnit);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EACCES") return [];
    throw error;
  }
}

function evict(folder: string, maxBytes: number): void {
  const files = [...filesBelow(join(folder, "objects")), ...filesBelow(folder)];
  // Time of the last write, as the file system counts: its clock need not be that of this machine.
  const newestMs = files.reduce((newest, { modifiedMs }) => Math.max(newest, modifiedMs), 0);
  for (const { name, path, modifiedMs } of files) {
    if (name.endsWith(".tmp") && modifiedMs < newestMs - STALE_TEMPORARY_MS)
      rmSync(path, { force: true });
  }
  const objects = [...listObjects(folder)].sort(
    (a, b) => a.modifiedMs - b.modifiedMs || byCodeUnit(a.sha256, b.sha256),
  );
  let bytes = objects.reduce((sum, { size }) => sum + size, 0);
  for (const { path, size } of objects) {
    if (bytes <= maxBytes) return;
    rmSync(path, { force: true });
    bytes -= size;
  }
}

function objectPath(folder: string, sha256: string): string {
  return join(folder, "objects", sha256.slice(0, 2), sha256);
}

function statePath(folder: string, name: string): string {
  return join(
    folder,
    "sources",
    `${createHash("sha256").update(name).digest("hex").slice(0, 32)}.json`,
  );
}

/** A writer is done within seconds; an hour is the age at which it cannot be alive. */
const STALE_TEMPORARY_MS = 60 * 60 * 1000;
