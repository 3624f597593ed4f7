/** A file of the content tree that is part of the artifact. */
export interface PublishedFile {
  /** Relative to the content root, and to the artifact. */
  readonly path: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  bytes(): Uint8Array;
}
