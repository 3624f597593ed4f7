import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { crc32 } from "node:zlib";
import {
  decodePackFooter,
  decodePackIndex,
  PACK_FOOTER_BYTES,
  type PackEntry,
  type PackIndex,
} from "./pack-format.ts";

/** A pack file that is open for reading. It stays readable when another process removes it. */
export interface PackFile extends PackIndex {
  readonly path: string;
  /** Bytes of all slices of an entry in one piece; null when they are not those that were written. */
  read(entry: PackEntry): Uint8Array | null;
  close(): void;
}

/** Opens a pack; null when it is gone, damaged or of another format. */
export function openPack(path: string): PackFile | null {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return null; // ENOENT: another process has replaced it
  }
  const size = fstatSync(file).size;
  const whole = size <= MOST_READ_WHOLE ? readFileSync(file) : null;
  const bytesAt = (start: number, length: number): Uint8Array =>
    whole === null ? readAt(file, start, length) : whole.subarray(start, start + length);
  const index = readIndex(size, bytesAt);
  if (index === null) {
    closeSync(file);
    return null;
  }
  return {
    ...index,
    path,
    read: (entry) => readEntry(entry, bytesAt),
    close: () => closeSync(file),
  };
}

type BytesAt = (start: number, length: number) => Uint8Array;

function readIndex(size: number, bytesAt: BytesAt): PackIndex | null {
  if (size < PACK_FOOTER_BYTES) return null;
  const footer = decodePackFooter(bytesAt(size - PACK_FOOTER_BYTES, PACK_FOOTER_BYTES));
  if (footer === null || footer.start + footer.length + PACK_FOOTER_BYTES !== size) return null;
  return decodePackIndex(bytesAt(footer.start, footer.length), footer.checksum);
}

function readEntry({ start, lengths, checksums }: PackEntry, bytesAt: BytesAt): Uint8Array | null {
  const bytes = bytesAt(
    start,
    lengths.reduce((sum, length) => sum + length, 0),
  );
  let from = 0;
  for (const [i, length] of lengths.entries()) {
    if (crc32(bytes.subarray(from, from + length)) !== checksums[i]) return null;
    from += length;
  }
  return bytes;
}

function readAt(file: number, start: number, length: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const count = readSync(file, bytes, done, length - done, start + done);
    if (count === 0) break;
    done += count;
  }
  return bytes.subarray(0, done);
}

/** Bytes. One read of a small file costs less than one for each entry. */
const MOST_READ_WHOLE = 64 * 1024 * 1024;
