import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ChubError } from "@chub/registry";
import type { SourceFile } from "./source-file.ts";

/** Decides which bytes are kept once they were read: a tree of gigabytes need not fit into memory. */
export interface KeptBytes {
  /** Whether so many more bytes may be kept. */
  take(bytes: number): boolean;
}

/** Keeps up to so many bytes. */
export function keepUpTo(limitBytes: number): KeptBytes {
  let left = limitBytes;
  return {
    take(bytes) {
      if (bytes > left) return false;
      left -= bytes;
      return true;
    },
  };
}

/**
 * A file whose bytes are read when they are asked for.
 *
 * **Errors**, on reading: `LOCAL_IO` when the file is gone or its bytes are others than those of the digest.
 */
export function lateSource(
  contentRoot: string,
  { path, sha256, size }: Pick<SourceFile, "path" | "sha256"> & { readonly size: number },
  kept: KeptBytes,
): SourceFile {
  let bytes: Uint8Array | null = null;
  return {
    path,
    sha256,
    size,
    get bytes() {
      if (bytes !== null) return bytes;
      const read = readUnchanged(join(contentRoot, path), sha256);
      if (kept.take(read.length)) bytes = read;
      return read;
    },
  };
}

function readUnchanged(path: string, sha256: string): Uint8Array {
  const bytes = readIfThere(path);
  if (bytes !== null && hash("sha256", bytes, "hex") === sha256) return bytes;
  throw new ChubError("LOCAL_IO", `File ${path} changed while it was compiled`, {
    hint: "Run the command again.",
  });
}

function readIfThere(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
