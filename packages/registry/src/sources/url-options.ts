import type { ObjectCache } from "../cache/object-cache.ts";
import type { PointerPlace } from "../pointer/pointer.ts";
import type { HttpLimits } from "./http-fetch.ts";

export interface UrlSourceOptions {
  readonly name: string;
  /** Without a slash at the end. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly cache: ObjectCache;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly refreshIntervalSeconds: number;
  /** Whether only the cache may answer. */
  readonly offline: boolean;
  /** The channel or version to read; absent: the host holds one artifact under its own paths. */
  readonly pointer?: UrlPointer;
  readonly limits?: HttpLimits;
}

/** The channel or version of a host that a source reads. */
export interface UrlPointer {
  readonly place: PointerPlace;
  /** Public keys, `ed25519:<base64>`, one of which must have signed; empty: an unsigned pointer is taken. */
  readonly keys: readonly string[];
  /** Keeps what must not be forgotten; not the cache, which may be cleared. */
  readonly memory: Pick<ObjectCache, "readState" | "writeState">;
}
