import { createByteWriter, type ByteWriter } from "./byte-writer.ts";
import { tabulate, type TabulatedDocuments } from "./build-search-index.ts";
import { encodeSearchIndex, writePostings } from "./encode-search-index.ts";
import { encodeSections } from "./encode-sections.ts";
import { encodeIdPage } from "./id-page.ts";
import { encodeNameBuckets } from "./name-buckets.ts";
import type { Posting, TermList, TermLists } from "./posting-table.ts";
import type { SearchDocument } from "./search-types.ts";
import { byteChecksum } from "./section-layout.ts";
import {
  DIGEST_BYTES,
  IDS_PER_PAGE,
  LARGE_LIST_BYTES,
  objectPath,
  OBJECTS_PER_PAGE,
  ROOT,
  ROOT_FORMAT,
  ROOT_MAGIC,
  ROOT_WORDS,
  shardCounts,
  shardOf,
} from "./shard-layout.ts";
import { TOKENIZER_VERSION } from "./tokenize.ts";

/** Hex sha256 of some bytes. */
export type Sha256 = (bytes: Uint8Array) => string;

export interface ShardedIndexFiles {
  /** Bytes of `index/search.bin`: the root. */
  readonly search: Uint8Array;
  /** Bytes of `index/sections.bin`. */
  readonly sections: Uint8Array;
  /** Objects by their path in the artifact. */
  readonly objects: ReadonlyMap<string, Uint8Array>;
}

/**
 * The index of a catalog too large to be read whole; see `shard-layout.ts`.
 *
 * `documents` as for `buildSearchIndex`. Lists of words are cut to the strongest documents, those of properties not.
 */
export function buildShardedIndex(
  documents: Iterable<SearchDocument>,
  sha256: Sha256,
): ShardedIndexFiles {
  return shardTabulated(tabulate(documents), sha256);
}

/**
 * As `buildShardedIndex`, from the table that `tabulate` gives.
 *
 * @public The benchmark of large catalogues makes both forms of the index from one table.
 */
export function shardTabulated(
  { postings, ids, names, sections }: TabulatedDocuments,
  sha256: Sha256,
): ShardedIndexFiles {
  const mostPostings = Math.max(LEAST_CUT, Math.ceil(ids.length * MOST_SHARE));
  const { termShards, nameBuckets } = shardCounts(ids.length);
  const store = createObjectStore(sha256);
  const large: { hash: number; digest: string }[] = [];
  const digests: string[] = [];
  const encode = (lists: readonly TermList[]): Uint8Array =>
    encodeSearchIndex({ lists: listsOf(lists), documents: ids.length, ids: [], names: [] });
  forEachShard(
    shorten(postings, mostPostings),
    { termShards, documents: ids.length },
    {
      shard: (lists) => digests.push(store.put(encode(lists))),
      large: (list) => large.push({ hash: list.hash, digest: store.put(encode([list])) }),
    },
  );
  for (const bucket of encodeNameBuckets(ids, names, nameBuckets)) digests.push(store.put(bucket));
  for (let first = 0; first < ids.length; first += IDS_PER_PAGE) {
    digests.push(store.put(encodeIdPage(ids.slice(first, first + IDS_PER_PAGE))));
  }
  const pages = pagesOf(digests).map((page) => store.put(page));
  return {
    search: encodeRoot({ documents: ids.length, termShards, nameBuckets, pages, large }),
    sections: encodeSections(sections),
    objects: store.objects,
  };
}

function createObjectStore(sha256: Sha256) {
  const objects = new Map<string, Uint8Array>();
  return {
    objects,
    /** Stores bytes and gives their digest. */
    put(bytes: Uint8Array): string {
      const digest = sha256(bytes).slice(0, DIGEST_BYTES * 2);
      objects.set(objectPath(digest), bytes);
      return digest;
    },
  };
}

/** Visits the shards in turn with their lists; terms come in the order of shards, so that one shard is held at a time. */
function forEachShard(
  lists: TermLists,
  { termShards, documents }: { readonly termShards: number; readonly documents: number },
  to: {
    readonly shard: (lists: readonly TermList[]) => void;
    /** A list that is too large for a shard. */
    readonly large: (list: TermList) => void;
  },
): void {
  let current: TermList[] = [];
  let number = 0;
  const finishUntil = (end: number): void => {
    for (; number < end; number++) {
      to.shard(current);
      current = [];
    }
  };
  lists.forEachTerm((list) => {
    finishUntil(shardOf(list.hash, termShards));
    if (isLarge(list, documents)) to.large(list);
    else current.push(list);
  });
  finishUntil(termShards);
}

function listsOf(lists: readonly TermList[]): TermLists {
  return { forEachTerm: (visit) => lists.forEach(visit) };
}

/** Whether a list is a file of its own; most are so short that nothing has to be written to know. */
function isLarge(list: TermList, documents: number): boolean {
  if (list.postings.length * LARGEST_POSTING < LARGE_LIST_BYTES) return false;
  const writer = createByteWriter();
  writePostings(writer, list, documents);
  return writer.length > LARGE_LIST_BYTES;
}

function shorten(lists: TermLists, mostPostings: number): TermLists {
  return {
    forEachTerm(visit) {
      lists.forEachTerm((list) => {
        visit(list.facet ? list : { ...list, postings: strongest(list.postings, mostPostings) });
      });
    },
  };
}

/** The postings that can decide a ranking, in the order of the documents; those in ids first. */
function strongest(postings: readonly Posting[], count: number): readonly Posting[] {
  if (postings.length <= count) return postings;
  const value = ({ strength, idTerms }: Posting): number => strength + (idTerms > 0 ? 256 : 0);
  return postings
    .toSorted((a, b) => value(b) - value(a) || a.ordinal - b.ordinal)
    .slice(0, count)
    .sort((a, b) => a.ordinal - b.ordinal);
}

function pagesOf(digests: readonly string[]): Uint8Array[] {
  const pages: Uint8Array[] = [];
  for (let first = 0; first < digests.length; first += OBJECTS_PER_PAGE) {
    const writer = createByteWriter();
    for (const digest of digests.slice(first, first + OBJECTS_PER_PAGE))
      writeDigest(writer, digest);
    pages.push(writer.finish());
  }
  return pages;
}

interface RootContent {
  readonly documents: number;
  readonly termShards: number;
  readonly nameBuckets: number;
  readonly pages: readonly string[];
  readonly large: readonly { readonly hash: number; readonly digest: string }[];
}

function encodeRoot({ documents, termShards, nameBuckets, pages, large }: RootContent): Uint8Array {
  const body = createByteWriter();
  for (const digest of pages) writeDigest(body, digest);
  for (const { hash, digest } of large) {
    body.uint32(hash);
    writeDigest(body, digest);
  }
  const header = new Uint32Array(ROOT_WORDS);
  header[ROOT.magic] = ROOT_MAGIC;
  header[ROOT.format] = ROOT_FORMAT;
  header[ROOT.tokenizer] = TOKENIZER_VERSION;
  header[ROOT.documents] = documents;
  header[ROOT.termShards] = termShards;
  header[ROOT.nameBuckets] = nameBuckets;
  header[ROOT.largeLists] = large.length;
  const writer = createByteWriter();
  for (const word of header) writer.uint32(word);
  writer.bytes(body.finish());
  const bytes = writer.finish();
  const checksum = byteChecksum(bytes.subarray((ROOT.checksum + 1) * 4));
  new DataView(bytes.buffer).setUint32(ROOT.checksum * 4, checksum, true);
  return bytes;
}

function writeDigest(writer: ByteWriter, digest: string): void {
  for (let i = 0; i < DIGEST_BYTES; i++)
    writer.byte(Number.parseInt(digest.slice(i * 2, i * 2 + 2), 16));
}

const LARGEST_POSTING = 7; // bytes
const MOST_SHARE = 0.06; // of all documents; of a word that more hold, the strongest are kept. 0.02 lost 0.04 nDCG@10
const LEAST_CUT = 1000; // documents
