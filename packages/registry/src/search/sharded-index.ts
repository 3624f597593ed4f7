import { ChubError } from "../chub-error.ts";
import { createByteReader, damaged } from "./byte-reader.ts";
import { decodeNameBucket, type NameBucket } from "./name-buckets.ts";
import { openShard, type SearchIndex } from "./search-index.ts";
import { byteChecksum } from "./section-layout.ts";
import {
  bucketsOf,
  DIGEST_BYTES,
  IDS_PER_PAGE,
  objectPath,
  OBJECTS_PER_PAGE,
  ROOT,
  ROOT_FORMAT,
  ROOT_MAGIC,
  ROOT_WORDS,
  shardOf,
} from "./shard-layout.ts";
import { compactName, TOKENIZER_VERSION } from "./tokenize.ts";
import { decodeIdPage } from "./id-page.ts";

/** Reads a file of the artifact; null when it is missing. */
export type ReadObject = (path: string) => Promise<Uint8Array | null>;

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

/** Whether the bytes of `index/search.bin` are the root of a sharded index. */
export function isShardedIndex(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === ROOT_MAGIC;
}

/**
 * Opens the root of a sharded index. Objects that were read are kept, up to a limit, by the index.
 *
 * Errors: ChubError INTEGRITY, FORMAT_TOO_NEW.
 */
export function openShardedIndex(root: Uint8Array, read: ReadObject): ShardedIndex {
  const layout = readRoot(root);
  const objects = createObjectCache(read);
  return { documents: layout.documents, view: () => createView(layout, objects) };
}
