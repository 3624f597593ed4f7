import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ChubError } from "@chub/registry";
import type { Discovered, SourceFile } from "./source-file.ts";

/**
 * The same files, whose bytes are read again whenever they are asked for: a tree of gigabytes need not fit into memory.
 *
 * **Errors**, on reading: `LOCAL_IO` when a file is gone or its bytes are others than before.
 */
export function rereadSources(contentRoot: string, { files, skipped }: Discovered): Discovered {
  return {
    files: files.map(({ path, sha256 }): SourceFile => ({
      path,
      sha256,
      get bytes() {
        return readUnchanged(join(contentRoot, path), sha256);
      },
    })),
    skipped,
  };
}

/** Bytes of all files together. */
export function totalBytes({ files }: Discovered): number {
  return files.reduce((sum, { bytes }) => sum + bytes.length, 0);
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
