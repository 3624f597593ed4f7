import { ChubError } from "../chub-error.ts";
import { createByteReader, damaged, type ByteReader } from "./byte-reader.ts";
import { MAX_DOCUMENTS } from "./index-layout.ts";
import { byteChecksum } from "./section-layout.ts";
import {
  DIGEST_BYTES,
  IDS_PER_PAGE,
  OBJECTS_PER_PAGE,
  ROOT,
  ROOT_FORMAT,
  ROOT_MAGIC,
  ROOT_WORDS,
} from "./shard-layout.ts";
import { TOKENIZER_VERSION } from "./tokenize.ts";

/** What the root of a sharded index says. */
export interface ShardRoot {
  readonly documents: number;
  readonly termShards: number;
  readonly nameBuckets: number;
  /** Digests of the directory pages, in the order of the objects they list. */
  readonly pages: readonly string[];
  /** Digests of the lists that are objects of their own, by the hash of the term. */
  readonly largeLists: ReadonlyMap<number, string>;
}

/** Errors: ChubError INTEGRITY, FORMAT_TOO_NEW. */
export function readShardRoot(bytes: Uint8Array): ShardRoot {
  const reader = createByteReader(bytes, { start: 0, end: bytes.length, what: WHAT });
  const header = Array.from({ length: ROOT_WORDS }, () => reader.uint32());
  if (header[ROOT.magic] !== ROOT_MAGIC) throw damaged(WHAT);
  if (header[ROOT.format] !== ROOT_FORMAT || header[ROOT.tokenizer] !== TOKENIZER_VERSION) {
    throw new ChubError(
      "FORMAT_TOO_NEW",
      `Unexpected sharded index format ${header[ROOT.format]} with tokenizer ${header[ROOT.tokenizer]}, ` +
        `expected ${ROOT_FORMAT} with ${TOKENIZER_VERSION}`,
      { hint: "Install a version of chub that matches the artifact, or build the artifact again" },
    );
  }
  const checksum = byteChecksum(bytes.subarray((ROOT.checksum + 1) * 4));
  if (header[ROOT.checksum] !== checksum) throw damaged(WHAT);
  const [documents, termShards, nameBuckets] = [
    header[ROOT.documents] as number,
    header[ROOT.termShards] as number,
    header[ROOT.nameBuckets] as number,
  ];
  if (documents > MAX_DOCUMENTS || termShards === 0 || nameBuckets === 0) throw damaged(WHAT);
  const objects = termShards + nameBuckets + Math.ceil(documents / IDS_PER_PAGE);
  const pages = readPages(reader, Math.ceil(objects / OBJECTS_PER_PAGE));
  const largeLists = new Map<number, string>();
  for (let left = header[ROOT.largeLists] as number; left > 0; left--) {
    largeLists.set(reader.uint32(), readDigest(reader));
  }
  return { documents, termShards, nameBuckets, pages, largeLists };
}

function readPages(reader: ByteReader, count: number): string[] {
  if (count * DIGEST_BYTES > reader.end - reader.position) throw damaged(WHAT);
  return Array.from({ length: count }, () => readDigest(reader));
}

/** The next digest, hex. */
export function readDigest(reader: ByteReader): string {
  return Array.from({ length: DIGEST_BYTES }, () =>
    reader.byte().toString(16).padStart(2, "0"),
  ).join("");
}

const WHAT = "the root of the search index";
