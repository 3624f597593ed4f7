import { createByteReader, damaged } from "./byte-reader.ts";
import { DIGEST_BYTES, objectPath, OBJECTS_PER_PAGE } from "./shard-layout.ts";
import { readDigest, type ShardRoot } from "./shard-root.ts";

/** How the objects of a sharded index are read. */
export interface ObjectPorts {
  /** Reads a file of the artifact; null when it is missing. */
  readonly read: (path: string) => Promise<Uint8Array | null>;
  /** Hex sha256 of some bytes. */
  readonly sha256: (bytes: Uint8Array) => string;
}

/** An object by its number, or the large list of a term by the hash of the term. */
export interface ObjectKey {
  readonly kind: "object" | "list";
  readonly value: number;
}

/** Verified objects of one index. */
export interface ObjectStore {
  /** Errors: ChubError INTEGRITY when an object is missing or other bytes than the root says; what `read` throws. */
  read(key: ObjectKey): Promise<Uint8Array>;
}

/** Reads each object once, and keeps the ones that were used last. */
export function createObjectStore(root: ShardRoot, { read, sha256 }: ObjectPorts): ObjectStore {
  const kept = new Map<string, Promise<Uint8Array>>();
  const byDigest = (digest: string): Promise<Uint8Array> => {
    const known = kept.get(digest) ?? fetchVerified(digest);
    kept.delete(digest);
    kept.set(digest, known);
    // A failed read is not kept: the next query tries again.
    known.catch(() => kept.delete(digest));
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
    return known;
  };
  const fetchVerified = async (digest: string): Promise<Uint8Array> => {
    const bytes = await read(objectPath(digest));
    if (bytes === null || !sha256(bytes).startsWith(digest)) throw damaged(WHAT);
    return bytes;
  };
  return {
    async read({ kind, value }) {
      if (kind === "list") return byDigest(root.largeLists.get(value) ?? "");
      const page = root.pages[Math.floor(value / OBJECTS_PER_PAGE)];
      if (page === undefined) throw damaged(WHAT);
      const bytes = await byDigest(page);
      const start = (value % OBJECTS_PER_PAGE) * DIGEST_BYTES;
      if (start + DIGEST_BYTES > bytes.length) throw damaged(WHAT);
      return byDigest(
        readDigest(createByteReader(bytes, { start, end: start + DIGEST_BYTES, what: WHAT })),
      );
    },
  };
}

const MOST_KEPT = 4096; // objects, of about 4 KB each
const WHAT = "a part of the search index";
