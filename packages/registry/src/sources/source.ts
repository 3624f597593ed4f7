import type { ChubError } from "../chub-error.ts";

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
  /**
   * Whole file, or null when it does not exist. Errors: ChubError NO_DATA, INTEGRITY, LOCAL_IO; the reason
   * of `signal`, after which nothing of the file is kept.
   */
  read(path: string, signal?: AbortSignal): Promise<Uint8Array | null>;
  /** Random access to a file, or null when it does not exist. The caller closes it. */
  open(path: string): Promise<RandomAccessFile | null>;
}

/** A source whose artifact changes while it is open, because it is somewhere else. */
export interface UpdatableSource extends Source {
  /**
   * The artifact as it is now. Whatever `check` and `update` do meanwhile, a reader of it sees this one, or
   * fails: NO_DATA when a file of it is no longer there. Errors: ChubError NO_DATA, INTEGRITY.
   */
  snapshot(): Promise<SourceSnapshot>;
  /**
   * Id of the artifact that snapshots are of from now on; asks for a newer one at most once per refresh
   * interval, and does not wait long for an answer. Errors: ChubError NO_DATA, INTEGRITY when nothing is at hand.
   */
  check(): Promise<string>;
  /** When the artifact was last known to be current, ISO 8601 in UTC; null before the first time. */
  checkedAt(): string | null;
  /** Why the last request for a newer one failed; null when it did not, or none was made. */
  problem(): ChubError | null;
  /** Which release is served, as far as the source names any; null before the first read. */
  release(): SourceRelease | null;
  /** Errors: ChubError NO_DATA, INTEGRITY, FORMAT_TOO_NEW; what is at hand stays. */
  update(how: UpdateRequest): Promise<UpdateOutcome>;
}

/** One artifact of a source that changes. */
export interface SourceSnapshot extends Source {
  /** Same id, same bytes. */
  readonly id: string;
}

/** The release that a source serves. */
export interface SourceRelease {
  readonly version: string;
  /** Channel that named it. */
  readonly channel?: string;
  /** Id of the pinned key that signed it. */
  readonly signedBy?: string;
  /** When its pointer is no longer taken from a host, ISO 8601 in UTC. */
  readonly expiresAt?: string;
}

export interface UpdateRequest {
  /** Whether to ask although the refresh interval has not passed. */
  readonly force: boolean;
  /** Whether to fetch every file, for work without a network. */
  readonly full: boolean;
}

export interface UpdateOutcome {
  /** fresh: not asked, the interval has not passed; unchanged: asked. */
  readonly outcome: "fresh" | "unchanged" | "updated";
  /** Files fetched. */
  readonly fetched: number;
}

/** Whether a source can be updated. */
export function isUpdatable(source: Source): source is UpdatableSource {
  return "update" in source;
}

export interface RandomAccessFile {
  /** Bytes. */
  readonly size: number;
  /** Exactly `length` bytes from `position`. Errors: ChubError INTEGRITY past the end. */
  read(position: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}
