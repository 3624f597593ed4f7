import type { SourceFile } from "./1-discover/source-file.ts";

/** What is remembered of a file: what the rules say of it, and its structure with the text for search. */
export type Pass = "lint" | "structure";

/** Results of earlier runs. A run without one does everything anew, with the same outcome. */
export interface FileMemory {
  /**
   * What a pass gave for the same bytes at the same path, if all that it read besides them still says the same; else
   * null. Slices are read when they are called.
   */
  recall(pass: Pass, source: Pick<SourceFile, "path" | "sha256">): Recalled | null;
  remember(pass: Pass, source: Pick<SourceFile, "path" | "sha256">, result: PassResult): void;
}

export interface Recalled {
  readonly slices: readonly Slice[];
  readonly reads: Reads;
}

export type Slice = () => Uint8Array;

/** What a pass gave, as bytes that another run can read. */
export interface PassResult {
  readonly slices: readonly Uint8Array[];
  readonly reads: Reads;
}

/** What a pass read besides the bytes of its file, as questions with their answers. */
export interface Reads {
  /** Whether a file is in the tree, by path. */
  readonly files?: Readonly<Record<string, boolean>>;
  /** Whether a folder is in the tree, by path. */
  readonly folders?: Readonly<Record<string, boolean>>;
  /** Digest of all paths, when they were listed. */
  readonly allPaths?: string;
  /** The last day that is not in the future, and the first that is: of the days asked for. */
  readonly past?: string;
  readonly future?: string;
  /** The day of the run, when it was read. */
  readonly today?: string;
  /** Whether the author brings an own registry.json, so that front matter has nothing to say; when it was read. */
  readonly listed?: boolean;
}
