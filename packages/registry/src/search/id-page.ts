import { createByteReader, damaged } from "./byte-reader.ts";
import { createByteWriter } from "./byte-writer.ts";
import { encodeIds } from "./encode-search-index.ts";
import { MAX_ID_BYTES } from "./index-layout.ts";
import { byteChecksum } from "./section-layout.ts";

/** Some ids in a row, front-coded, behind a checksum. */
export function encodeIdPage(ids: readonly string[]): Uint8Array {
  const { bytes } = encodeIds(ids, ids.length);
  const writer = createByteWriter(bytes.length + 4);
  writer.uint32(byteChecksum(bytes));
  writer.bytes(bytes);
  return writer.finish();
}

/** Errors: ChubError INTEGRITY. */
export function decodeIdPage(bytes: Uint8Array): string[] {
  const reader = createByteReader(bytes, { start: 0, end: bytes.length, what: WHAT });
  if (reader.uint32() !== byteChecksum(bytes.subarray(4))) throw damaged(WHAT);
  const ids: string[] = [];
  let id = "";
  while (reader.position < reader.end) {
    const shared = reader.varint();
    if (shared > id.length) throw damaged(WHAT);
    id = id.slice(0, shared) + reader.text();
    if (id.length > MAX_ID_BYTES) throw damaged(WHAT);
    ids.push(id);
  }
  return ids;
}

const WHAT = "a page of ids";
