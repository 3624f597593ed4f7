import { createByteReader, damaged } from "./byte-reader.ts";
import { createByteWriter } from "./byte-writer.ts";
import { idNames, wordsOf, type EntryName } from "./entry-names.ts";
import { STRENGTH_STEPS } from "./scoring.ts";
import type { IndexedName } from "./search-index.ts";
import { byteChecksum } from "./section-layout.ts";
import { bucketsOf } from "./shard-layout.ts";
import { compactName } from "./tokenize.ts";

/** Names and words of names that start or end alike. */
export interface NameBucket {
  readonly names: readonly IndexedName[];
  readonly words: readonly string[];
}

/** The buckets of all names; names that many entries share are left out, since a typing error in them tells nothing. */
export function encodeNameBuckets(
  ids: readonly string[],
  names: readonly (readonly EntryName[])[],
  count: number,
): Uint8Array[] {
  const holders = new Map<string, { ordinal: number; weight: number }[]>();
  for (const [ordinal, id] of ids.entries()) {
    for (const { name, weight } of [...idNames(id), ...(names[ordinal] ?? [])]) {
      // All ids of a namespace start alike: their words are corrected one by one instead.
      if (name === id.toLowerCase()) continue;
      const own = holders.get(name);
      if (own === undefined) holders.set(name, [{ ordinal, weight }]);
      else if (own.length <= MOST_HOLDERS) own.push({ ordinal, weight });
    }
  }
  const buckets = Array.from({ length: count }, () => ({
    names: [] as string[],
    words: new Set<string>(),
  }));
  for (const [name, own] of holders) {
    for (const word of wordsOf(name)) {
      for (const bucket of bucketsOf(word, count)) buckets[bucket]?.words.add(word);
    }
    if (own.length > MOST_HOLDERS) continue;
    for (const bucket of bucketsOf(compactName(name), count)) buckets[bucket]?.names.push(name);
  }
  return buckets.map((bucket) => encodeBucket(bucket.names, bucket.words, holders));
}

function encodeBucket(
  names: readonly string[],
  words: ReadonlySet<string>,
  holders: ReadonlyMap<string, readonly { ordinal: number; weight: number }[]>,
): Uint8Array {
  const body = createByteWriter();
  body.varint(names.length);
  for (const name of names) {
    body.text(name);
    const own = holders.get(name) ?? [];
    body.varint(own.length);
    for (const { ordinal, weight } of own) {
      body.varint(ordinal);
      body.byte(Math.round(weight * STRENGTH_STEPS));
    }
  }
  body.varint(words.size);
  for (const word of words) body.text(word);
  const bytes = body.finish();
  const writer = createByteWriter(bytes.length + 4);
  writer.uint32(byteChecksum(bytes));
  writer.bytes(bytes);
  return writer.finish();
}

/** Errors: ChubError INTEGRITY. */
export function decodeNameBucket(bytes: Uint8Array, documents: number): NameBucket {
  const reader = createByteReader(bytes, { start: 0, end: bytes.length, what: WHAT });
  if (reader.uint32() !== byteChecksum(bytes.subarray(4))) throw damaged(WHAT);
  const names: IndexedName[] = [];
  for (let left = reader.varint(); left > 0; left--) {
    const name = reader.text();
    const compact = compactName(name);
    for (let holders = reader.varint(); holders > 0; holders--) {
      const ordinal = reader.varint();
      if (ordinal >= documents) throw damaged(WHAT);
      names.push({ ordinal, name, compact, weight: reader.byte() / STRENGTH_STEPS });
    }
  }
  const words: string[] = [];
  for (let left = reader.varint(); left > 0; left--) words.push(reader.text());
  return { names, words };
}

const MOST_HOLDERS = 200; // entries
const WHAT = "a bucket of names";
