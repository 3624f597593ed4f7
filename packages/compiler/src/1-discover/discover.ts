import { hash } from "node:crypto";
import { closeSync, type Dirent, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { artifactPathProblem, byCodeUnit, ChubError } from "@chub/registry";
import { keepUpTo, lateSource } from "./late-source.ts";
import { globMatcher } from "./glob.ts";
import type { Discovered, SourceFile } from "./source-file.ts";

export interface DiscoverOptions {
  /** Globs relative to the content root. */
  readonly ignore?: readonly string[];
  /** Folder of the tree to read, relative to the root. Default: all of it. */
  readonly below?: string;
  /** Reads bytes again when they are asked for, and then keeps at most so many of all files. Default: keeps them all. */
  readonly late?: { readonly keptBytes: number };
}

/**
 * Reads and hashes every file below a content root.
 *
 * **Shape**: sorted by path in code-unit order, so that the answer does not depend on the file system.
 * **Errors**: `LOCAL_IO` when the root or a file cannot be read.
 */
export function discover(contentRoot: string, options: DiscoverOptions): Discovered {
  const walk: Walk = {
    root: contentRoot,
    ignored: globMatcher(options.ignore ?? []),
    read: options.late === undefined ? readSource : lateReader(options.late.keptBytes),
    files: [],
    skipped: [],
  };
  visitFolder(walk, options.below ?? "");
  return {
    files: walk.files.sort((a, b) => byCodeUnit(a.path, b.path)),
    skipped: walk.skipped.sort((a, b) => byCodeUnit(a.path, b.path)),
  };
}

interface Walk {
  readonly root: string;
  readonly ignored: (path: string) => boolean;
  readonly read: (root: string, path: string) => SourceFile;
  readonly files: SourceFile[];
  readonly skipped: { path: string; reason: string }[];
}

function visitFolder(walk: Walk, folder: string): void {
  for (const item of readFolder(join(walk.root, folder))) {
    const path = folder === "" ? item.name : `${folder}/${item.name}`;
    const reason = reasonToSkip(walk, path, item);
    if (reason !== null) walk.skipped.push({ path, reason });
    else if (item.isDirectory()) visitFolder(walk, path);
    else walk.files.push(walk.read(walk.root, path));
  }
}

function reasonToSkip(walk: Walk, path: string, item: Dirent): string | null {
  if (item.isSymbolicLink()) return "symbolic link";
  if (item.name.startsWith(".")) return "dotfile";
  if (path === "dist" && item.isDirectory()) return "build output";
  if (walk.ignored(path)) return "ignored";
  if (!item.isDirectory() && !item.isFile()) return "not a regular file";
  if (RESERVED.has(path)) return `path grammar: the artifact keeps its own files in ${path}`;
  const problem = artifactPathProblem(path);
  return problem === null ? null : `path grammar: ${problem}`;
}

function readFolder(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (cause) {
    throw new ChubError("LOCAL_IO", `Folder ${path} cannot be read`, {
      hint: "Check that the folder exists and is readable.",
      cause,
    });
  }
}

function readSource(root: string, path: string): SourceFile {
  const bytes = readable(join(root, path), () => readFileSync(join(root, path)));
  return { path, bytes, sha256: hash("sha256", bytes, "hex") };
}

/** Hashes a file from one buffer for all files: half the time of reading each into its own. */
function lateReader(keptBytes: number): Walk["read"] {
  const kept = keepUpTo(keptBytes);
  const buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  return (root, path) => {
    const place = join(root, path);
    const bytes = readable(place, () => readInto(buffer, place));
    const found = { path, sha256: hash("sha256", bytes, "hex"), size: bytes.length };
    return lateSource(root, found, kept);
  };
}

/** The bytes of a file; valid until the next file is read into the buffer. */
function readInto(buffer: Buffer, place: string): Uint8Array {
  const file = openSync(place, "r");
  try {
    let size = 0;
    for (;;) {
      const count = readSync(file, buffer, size, buffer.length - size, size);
      if (count === 0) return buffer.subarray(0, size);
      size += count;
      if (size === buffer.length) return readFileSync(place);
    }
  } finally {
    closeSync(file);
  }
}

function readable(place: string, read: () => Uint8Array): Uint8Array {
  try {
    return read();
  } catch (cause) {
    throw new ChubError("LOCAL_IO", `File ${place} cannot be read`, {
      hint: "Check that the file is readable.",
      cause,
    });
  }
}

const BUFFER_BYTES = 1024 * 1024;
/** Folders of an artifact beside those of the authors. */
const RESERVED = new Set(["ast", "help", "index"]);
