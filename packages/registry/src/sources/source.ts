/**
 * Where the bytes of an artifact come from. The only port through which the catalog touches the world.
 *
 * Paths are relative to the artifact and conform to `artifactPathProblem`; an implementation never leaves its root.
 */
export interface Source {
  readonly name: string;
  readonly kind: "path" | "url" | "npm" | "embedded";
  /** Directory, URL without credentials, or package name. */
  readonly location: string;
  /** Whole file, or null when it does not exist. Errors: ChubError NO_DATA, INTEGRITY, LOCAL_IO. */
  read(path: string): Promise<Uint8Array | null>;
  /** Random access to a file, or null when it does not exist. The caller closes it. */
  open(path: string): Promise<RandomAccessFile | null>;
}

export interface RandomAccessFile {
  /** Bytes. */
  readonly size: number;
  /** Exactly `length` bytes from `position`. Errors: ChubError INTEGRITY past the end. */
  read(position: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}
