/** A file below the content root as it is on disk. */
export interface SourceFile {
  /** POSIX, relative to the content root, e.g. `stripe/docs/api/DOC.md`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Bytes, where they are known without reading. */
  readonly size?: number;
  /** sha256 of the bytes, hex. */
  readonly sha256: string;
}

/** What discovery found, sorted by path in code-unit order. */
export interface Discovered {
  readonly files: readonly SourceFile[];
  /** Files that are left out, each for a reason (dotfile, symbolic link, ignored, path grammar). */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
}

/** Bytes of a file, without reading it where that is possible. */
export function sizeOf(source: Pick<SourceFile, "bytes" | "size">): number {
  return source.size ?? source.bytes.length;
}
