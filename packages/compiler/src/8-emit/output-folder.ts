import { randomBytes } from "node:crypto";
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { ARTIFACT_FILES, ChubError } from "@chub/registry";
import type { Artifact, PartStore, ValueStore } from "../7-index/artifact.ts";
import { gzipChunks } from "./gzip-chunks.ts";
import { spillingValues } from "./spilling-values.ts";
import { tarStream } from "./tar.ts";

/**
 * An artifact folder that is being written: beside its place, so that what stands there is whole until `commit` swaps them.
 *
 * As a `PartStore` it takes parts while the compiler still runs, so that they need no memory.
 */
export interface OutputFolder extends PartStore {
  /** For what the compiler must put aside while it runs. */
  readonly values: ValueStore;
  /** Writes the rest and the bundle, and puts the folder in its place. */
  commit(artifact: Artifact): Promise<void>;
  /** Removes what was written; what stands in the place stays. */
  discard(): void;
}

/**
 * Prepares to write an artifact to `outputPath`.
 *
 * **Errors**: `USAGE` when a file or a folder that is neither empty nor an artifact stands there: nothing of it is touched.
 * `LOCAL_IO` when the disk refuses, from here and from every method.
 */
export function openOutput(outputPath: string): OutputFolder {
  const place = resolve(outputPath);
  guardPlace(place, outputPath);
  const suffix = `${process.pid}-${randomBytes(6).toString("hex")}`;
  const folder = join(dirname(place), `.${basename(place)}.new-${suffix}`);
  const retired = join(dirname(place), `.${basename(place)}.old-${suffix}`);
  attempt(`Folder ${folder} cannot be made`, () => mkdirSync(folder, { recursive: true }));
  const write = partWriter(folder);
  const written = new Set<string>();
  const values = spillingValues(`${folder}.values`, MOST_IN_MEMORY);
  return {
    values,
    put(path, bytes) {
      write(path, bytes);
      written.add(path);
      return () => readFileSync(join(folder, path));
    },
    async commit(artifact) {
      for (const part of artifact.parts)
        if (!written.has(part.path)) write(part.path, part.bytes());
      await attemptAsync(`Bundle in ${folder} cannot be written`, () =>
        writeBundle(artifact, join(folder, ARTIFACT_FILES.bundle)),
      );
      attempt(`Folder ${place} cannot be replaced`, () => swap({ folder, place, retired }));
    },
    discard() {
      values.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A folder is ours to replace when it is empty or holds a manifest. */
function guardPlace(place: string, asGiven: string): void {
  if (!existsSync(place)) return;
  const isFolder = statSync(place).isDirectory();
  if (
    isFolder &&
    (existsSync(join(place, ARTIFACT_FILES.manifest)) || readdirSync(place).length === 0)
  )
    return;
  throw new ChubError(
    "USAGE",
    `${asGiven} ${isFolder ? "holds files that chubc did not write" : "is a file"}`,
    {
      hint: "Name an empty or new folder with -o, or remove it yourself.",
    },
  );
}

/** Makes each folder once: a folder costs more than a file. */
function partWriter(root: string): (path: string, bytes: Uint8Array) => void {
  const folders = new Set([""]);
  const makeFolder = (folder: string): void => {
    if (folders.has(folder)) return;
    makeFolder(folderOf(folder));
    mkdirSync(join(root, folder));
    folders.add(folder);
  };
  return (path, bytes) => {
    attempt(`File ${join(root, path)} cannot be written`, () => {
      makeFolder(folderOf(path));
      writeFileSync(join(root, path), bytes);
    });
  };
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash === -1 ? "" : path.slice(0, slash);
}

function writeBundle(artifact: Artifact, path: string): Promise<void> {
  return pipeline(gzipChunks(tarStream(artifact.parts)), createWriteStream(path));
}

/** Between the two renames the place is empty; when the second fails, the first is undone. */
function swap({
  folder,
  place,
  retired,
}: {
  folder: string;
  place: string;
  retired: string;
}): void {
  const replaces = existsSync(place);
  if (replaces) renameSync(place, retired);
  try {
    renameSync(folder, place);
  } catch (error) {
    if (replaces) renameSync(retired, place);
    throw error;
  }
  rmSync(retired, { recursive: true, force: true });
}

function attempt<T>(message: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    throw failure(message, cause);
  }
}

async function attemptAsync(message: string, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (cause) {
    throw failure(message, cause);
  }
}

function failure(message: string, cause: unknown): unknown {
  const systemError = cause instanceof Error && "code" in cause && "syscall" in cause;
  if (!systemError) return cause;
  return new ChubError("LOCAL_IO", `${message}: ${cause.message}`, {
    hint: "Check the folder, its permissions and the free space.",
    cause,
  });
}

const MOST_IN_MEMORY = 256 * 1024 * 1024; // characters
