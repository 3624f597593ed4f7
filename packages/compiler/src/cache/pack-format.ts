import { crc32 } from "node:zlib";

/** Where a remembered result stands in a pack file, and what it holds for. */
export interface PackEntry {
  readonly path: string;
  /** sha256 of the file's bytes, hex. */
  readonly sha256: string;
  /** Offset of the first slice; the others follow. */
  readonly start: number;
  /** Bytes of each slice. */
  readonly lengths: readonly number[];
  /** CRC-32 of each slice. */
  readonly checksums: readonly number[];
  /** JSON of what the pass read. */
  readonly reads: string;
}

/** The end of a pack file: all entries, and the versions of the components that made them. */
export interface PackIndex {
  readonly components: Readonly<Record<string, string>>;
  readonly entries: readonly PackEntry[];
}

/** Bytes of the last part of a pack, by which the index is found. */
export const PACK_FOOTER_BYTES = 24;

/** Index and footer of a pack whose slices end at `end`. */
export function encodePackIndex({ components, entries }: PackIndex, end: number): Uint8Array {
  const rows = entries.map(({ path, sha256, start, lengths, checksums, reads }) => [
    path,
    sha256,
    start,
    lengths,
    checksums,
    reads,
  ]);
  const index = Buffer.from(JSON.stringify({ components, rows }), "utf8");
  const footer = Buffer.alloc(PACK_FOOTER_BYTES);
  footer.writeUInt32LE(PACK_MAGIC, 0);
  footer.writeUInt32LE(PACK_FORMAT, 4);
  footer.writeDoubleLE(end, 8);
  footer.writeUInt32LE(index.length, 16);
  footer.writeUInt32LE(crc32(index), 20);
  return Buffer.concat([index, footer]);
}

/** Place and checksum of the index, from the footer; null when it is not one of ours. */
export function decodePackFooter(
  bytes: Uint8Array,
): { readonly start: number; readonly length: number; readonly checksum: number } | null {
  const footer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (footer.length !== PACK_FOOTER_BYTES) return null;
  if (footer.readUInt32LE(0) !== PACK_MAGIC || footer.readUInt32LE(4) !== PACK_FORMAT) return null;
  return {
    start: footer.readDoubleLE(8),
    length: footer.readUInt32LE(16),
    checksum: footer.readUInt32LE(20),
  };
}

/** The index; null when its bytes are not those that were written. */
export function decodePackIndex(bytes: Uint8Array, checksum: number): PackIndex | null {
  if (crc32(bytes) !== checksum) return null;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  const { components, rows } = JSON.parse(text) as {
    components: Record<string, string>;
    rows: [string, string, number, number[], number[], string][];
  };
  const entries = rows.map(([path, sha256, start, lengths, checksums, reads]) => ({
    path,
    sha256,
    start,
    lengths,
    checksums,
    reads,
  }));
  return { components, entries };
}

const PACK_MAGIC = 0x6b_70_68_63; // "chpk"
/** Changes with the layout; packs of other formats are as if they were not there. */
const PACK_FORMAT = 1;
