import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { crc32 } from "node:zlib";
import { encodePackIndex, type PackEntry } from "./pack-format.ts";

/** A pack file that grows beside its place and appears there whole, or not at all. */
export interface PackWriter {
  /** Bytes of all slices so far. */
  readonly size: number;
  add(
    entry: Omit<PackEntry, "start" | "lengths" | "checksums">,
    slices: readonly Uint8Array[],
  ): void;
  /** Puts the pack in its place. */
  finish(): void;
  /** Removes what was written. */
  discard(): void;
}

/** Opens `path` with `.tmp` behind it. **Errors**: those of the file system. */
export function writePack(path: string, components: Readonly<Record<string, string>>): PackWriter {
  const temporary = `${path}.tmp`;
  const file = openSync(temporary, "wx", 0o600);
  const entries: PackEntry[] = [];
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let size = 0;
  const flush = (): void => {
    writeAll(file, Buffer.concat(waiting, waitingBytes));
    waiting = [];
    waitingBytes = 0;
  };
  return {
    get size() {
      return size;
    },
    add(entry, slices) {
      entries.push({
        ...entry,
        start: size,
        lengths: slices.map(({ length }) => length),
        checksums: slices.map((slice) => crc32(slice)),
      });
      for (const slice of slices) {
        waiting.push(slice);
        waitingBytes += slice.length;
        size += slice.length;
      }
      if (waitingBytes >= BUFFERED_BYTES) flush();
    },
    finish() {
      flush();
      writeAll(file, encodePackIndex({ components, entries }, size));
      closeSync(file);
      renameSync(temporary, path);
    },
    discard() {
      closeSync(file);
      rmSync(temporary, { force: true });
    },
  };
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
}

const BUFFERED_BYTES = 4 * 1024 * 1024;
