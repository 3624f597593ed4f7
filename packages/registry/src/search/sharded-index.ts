import { damaged } from "./byte-reader.ts";
import { decodeIdPage } from "./id-page.ts";
import { decodeNameBucket, type NameBucket } from "./name-buckets.ts";
import {
  createObjectStore,
  type ObjectKey,
  type ObjectPorts,
  type ObjectStore,
} from "./object-store.ts";
import { openShard, type IndexedName, type SearchIndex } from "./search-index.ts";
import { bucketsOf, IDS_PER_PAGE, shardOf } from "./shard-layout.ts";
import { readShardRoot, type ShardRoot } from "./shard-root.ts";
import { compactName } from "./tokenize.ts";

/** An index whose parts are read when a query needs them. */
export interface ShardedIndex {
  readonly documents: number;
  /** A view for one query. */
  view(): ShardedView;
}

/**
 * What is known so far. Questions whose answer has to be read are answered with nothing, and remembered: `load` reads
 * what was missing and says whether there was anything, so that the same questions can be asked again.
 */
export interface ShardedView extends SearchIndex {
  /** Errors: ChubError INTEGRITY, and what the reader throws. */
  load(): Promise<boolean>;
}

/**
 * Opens the root of a sharded index. Objects that were read are kept, up to a limit, by the index.
 *
 * Errors: ChubError INTEGRITY, FORMAT_TOO_NEW.
 */
export function openShardedIndex(root: Uint8Array, ports: ObjectPorts): ShardedIndex {
  const layout = readShardRoot(root);
  const store = createObjectStore(layout, ports);
  return { documents: layout.documents, view: () => createView(layout, store) };
}

function createView(layout: ShardRoot, store: ObjectStore): ShardedView {
  const { documents, termShards, nameBuckets } = layout;
  const loaded = new Map<string, Uint8Array>();
  const missing = new Map<string, ObjectKey>();
  const decoded = new Map<string, unknown>();
  /** The object as `decode` reads it, or null while it is missing. */
  const part = <T>(key: ObjectKey, decode: (bytes: Uint8Array) => T): T | null => {
    const name = `${key.kind}${key.value}`;
    const known = decoded.get(name);
    if (known !== undefined) return known as T;
    const bytes = loaded.get(name);
    if (bytes === undefined) {
      missing.set(name, key);
      return null;
    }
    const value = decode(bytes);
    decoded.set(name, value);
    return value;
  };
  const shard = (hash: number): SearchIndex | null => {
    const large = layout.largeLists.has(hash);
    const index = part<SearchIndex>(
      large ? { kind: "list", value: hash } : { kind: "object", value: shardOf(hash, termShards) },
      openShard,
    );
    if (index !== null && index.documents !== documents) throw damaged(WHAT);
    return index;
  };
  const buckets = (near: string): NameBucket[] =>
    bucketsOf(compactName(near), nameBuckets).flatMap(
      (bucket) =>
        part({ kind: "object", value: termShards + bucket }, (bytes) =>
          decodeNameBucket(bytes, documents),
        ) ?? [],
    );
  return {
    documents,
    documentsWith: (hash) => shard(hash)?.documentsWith(hash) ?? 0,
    visit: (hash, visitor) => shard(hash)?.visit(hash, visitor),
    names: (near) => distinctNames(buckets(near)),
    nameWords: (near) => new Set(buckets(near).flatMap(({ words }) => words)),
    id(ordinal) {
      const page = termShards + nameBuckets + Math.floor(ordinal / IDS_PER_PAGE);
      const ids = part({ kind: "object", value: page }, decodeIdPage);
      if (ids === null) return "";
      const id = ids[ordinal % IDS_PER_PAGE];
      if (id === undefined) throw damaged(WHAT);
      return id;
    },
    async load() {
      const wanted = [...missing];
      missing.clear();
      const read = await Promise.all(wanted.map(([, key]) => store.read(key)));
      for (const [i, [name]] of wanted.entries()) loaded.set(name, read[i] as Uint8Array);
      return wanted.length > 0;
    },
  };
}

/** Names of several buckets, each once, in the order of the catalog. */
function distinctNames(buckets: readonly NameBucket[]): IndexedName[] {
  const names = new Map(
    buckets.flatMap((bucket) =>
      bucket.names.map((name) => [`${name.ordinal} ${name.name}`, name] as const),
    ),
  );
  return [...names.values()].sort((a, b) => a.ordinal - b.ordinal);
}

const WHAT = "the sharded search index";
