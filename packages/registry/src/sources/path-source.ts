import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ARTIFACT_FILES } from "../contract/contract.ts";
import { directorySource } from "./directory-source.ts";
import { memorySource } from "./memory-source.ts";
import type { Source } from "./source.ts";

export interface PathSourceOptions {
  readonly name: string;
  /** Absolute. */
  readonly directory: string;
  /** Compiles a raw content tree; absent when the compiler is not installed. See `Environment`. */
  readonly compileContent?: (directory: string) => Promise<ReadonlyMap<string, Uint8Array>>;
}

/** A directory the user configured: an artifact, one that Context Hub built, or raw content to be compiled in memory. */
export function pathSource({ name, directory, compileContent }: PathSourceOptions): Source {
  if (compileContent === undefined || !isRawContent(directory))
    return directorySource({ name, kind: "path", directory });
  return memorySource({ name, kind: "path", location: directory }, () => compileContent(directory));
}

/** Whether a directory is no artifact, and has an author's `docs` or `skills`. */
function isRawContent(directory: string): boolean {
  const isArtifact = [ARTIFACT_FILES.catalog, ARTIFACT_FILES.registry].some(
    (path) => kindOf(join(directory, path)) === "file",
  );
  if (isArtifact || kindOf(directory) !== "folder") return false;
  return readdirSync(directory).some((author) =>
    ["docs", "skills"].some((kind) => kindOf(join(directory, author, kind)) === "folder"),
  );
}

function kindOf(path: string): "file" | "folder" | null {
  try {
    const status = statSync(path);
    return status.isFile() ? "file" : status.isDirectory() ? "folder" : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return null;
  }
}
