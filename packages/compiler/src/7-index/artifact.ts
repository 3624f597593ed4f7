import { hash } from "node:crypto";

/** One file of an artifact. Its bytes may stand on disk until they are asked for. */
export interface ArtifactPart {
  /** POSIX, relative to the artifact. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
  bytes(): Uint8Array;
}

/** A compiled content tree: all files but bundle.tar.gz, sorted by path in code-unit order. */
export interface Artifact {
  readonly parts: readonly ArtifactPart[];
  /** Digest of manifest.json. */
  readonly digest: string;
}

/** Takes bytes while the compiler runs and gives them back when the artifact is read. */
export interface PartStore {
  put(path: string, bytes: Uint8Array): () => Uint8Array;
}

/** Keeps plain data that is needed once more, later: in memory, or elsewhere when there is too much of it. */
export interface ValueStore {
  /** `weight`: about how many characters the value has. */
  put<T>(value: T, weight: number): () => T;
}

/** Keeps values as they are. */
export const memoryValues: ValueStore = { put: (value) => () => value };

/** Keeps everything in memory. */
export function memoryStore(): PartStore {
  return { put: (_path, bytes) => () => bytes };
}

export function storedPart(store: PartStore, path: string, bytes: Uint8Array): ArtifactPart {
  return {
    path,
    size: bytes.length,
    sha256: hash("sha256", bytes, "hex"),
    bytes: store.put(path, bytes),
  };
}

/** JSON on one line with a line break at the end: the form of every JSON file of an artifact. */
export function jsonBytes(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value)}\n`, "utf8");
}
