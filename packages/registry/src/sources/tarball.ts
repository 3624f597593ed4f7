import { createGunzip } from "node:zlib";
import { ChubError } from "../chub-error.ts";
import { sha256Of } from "./read-verified.ts";
import { padded, readTarHeader, tarPaths, TAR_BLOCK, type TarMember } from "./tar-header.ts";

export interface TarballReading {
  /** What is read, for messages: `the package`. */
  readonly name: string;
  /** Whether every path begins with a folder that does not count, as in npm's tarballs. */
  readonly hasFolder: boolean;
  /** Of the unpacked archive, headers included. */
  readonly maxBytes: number;
  readonly maxMemberBytes: number;
  readonly maxMembers: number;
}

/** A regular file of an archive. */
export interface TarballFile {
  /** Without the first folder when that does not count. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Regular files of a gzipped tar, one after another, so that no more than one is in memory.
 *
 * Nothing is written anywhere. A member that is a link, a device, a path outside the archive, a repetition
 * (whatever the case) or marked to run as somebody else refuses the whole archive, and so does anything
 * behind its end: leaving it out in silence would hide an attack. Nothing may be kept of an archive before
 * all of it was read once. Errors: ChubError INTEGRITY.
 * Source: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
 */
export async function* tarballFiles(
  archive: Uint8Array,
  reading: TarballReading,
): AsyncGenerator<TarballFile> {
  const refuse: Refusal = (why, cause) => refused(reading.name, why, cause);
  const bytes = new InflatedBytes(archive, reading.maxBytes, refuse);
  const paths = tarPaths(reading.hasFolder, refuse);
  let members = 0;
  for (;;) {
    const block = await bytes.take(TAR_BLOCK);
    if (block.length < TAR_BLOCK) throw refuse("it is cut: it has no end");
    if (block.every((byte) => byte === 0)) break;
    members += 1;
    if (members > reading.maxMembers)
      throw refuse(`it has more than ${reading.maxMembers} members`);
    const member = readTarHeader(block, refuse);
    const content = await readContent(bytes, member, { reading, refuse });
    const path = paths.next(member, content);
    if (path !== null) yield { path, bytes: content };
  }
  await bytes.requireEnd();
}

/** Size and sha256 of every file of an archive, which is thereby read to its end. Errors: those of `tarballFiles`. */
export async function scanTarball(
  archive: Uint8Array,
  reading: TarballReading,
): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>();
  for await (const { path, bytes } of tarballFiles(archive, reading))
    digests.set(path, sha256Of(bytes));
  return digests;
}

/** One file of an archive that was scanned, or null. Errors: those of `tarballFiles`. */
export async function readTarballFile(
  archive: Uint8Array,
  reading: TarballReading,
  wanted: string,
): Promise<Uint8Array | null> {
  for await (const { path, bytes } of tarballFiles(archive, reading))
    if (path === wanted) return bytes;
  return null;
}

/** Makes the failure of an archive. */
export type Refusal = (why: string, cause?: unknown) => ChubError;

async function readContent(
  bytes: InflatedBytes,
  { path, size }: TarMember,
  { reading, refuse }: { readonly reading: TarballReading; readonly refuse: Refusal },
): Promise<Uint8Array> {
  if (size > reading.maxMemberBytes)
    throw refuse(
      `${JSON.stringify(path.slice(0, 200))} is larger than ${reading.maxMemberBytes} bytes`,
    );
  const content = await bytes.take(padded(size));
  if (content.length < padded(size)) throw refuse(`${JSON.stringify(path.slice(0, 200))} is cut`);
  return content.subarray(0, size);
}

/** The unpacked bytes of an archive, in pieces, counted against a limit as they come. */
class InflatedBytes {
  readonly #pieces: AsyncIterator<Buffer>;
  readonly #refuse: Refusal;
  readonly #maxBytes: number;
  readonly #consumed: () => boolean;
  #rest: Uint8Array = new Uint8Array();
  #size = 0;

  constructor(archive: Uint8Array, maxBytes: number, refuse: Refusal) {
    const gunzip = createGunzip({ chunkSize: 64 * 1024 });
    gunzip.end(archive);
    this.#pieces = gunzip[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    this.#consumed = () => gunzip.bytesWritten === archive.length;
    this.#refuse = refuse;
    this.#maxBytes = maxBytes;
  }

  /** So many bytes, or fewer at the end. */
  async take(length: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let missing = length;
    while (missing > 0) {
      const piece = this.#rest.length > 0 ? this.#rest : await this.#next();
      if (piece === null) break;
      parts.push(piece.subarray(0, missing));
      this.#rest = piece.subarray(Math.min(missing, piece.length));
      missing -= Math.min(missing, piece.length);
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : new Uint8Array(Buffer.concat(parts));
  }

  /** Behind the end of an archive there may be padding, nothing else, packed or not. */
  async requireEnd(): Promise<void> {
    for (let piece: Uint8Array | null = this.#rest; piece !== null; piece = await this.#next()) {
      if (piece.some((byte) => byte !== 0)) throw this.#refuse("something stands behind its end");
    }
    if (!this.#consumed()) throw this.#refuse("something stands behind its end");
  }

  async #next(): Promise<Uint8Array | null> {
    let piece: IteratorResult<Buffer>;
    try {
      piece = await this.#pieces.next();
    } catch (cause) {
      throw this.#refuse("it is not a whole gzip file", cause);
    }
    if (piece.done === true) return null;
    this.#size += piece.value.length;
    if (this.#size > this.#maxBytes) {
      await this.#pieces.return?.();
      throw this.#refuse(`it is larger than ${this.#maxBytes} bytes`);
    }
    return piece.value;
  }
}

function refused(name: string, why: string, cause?: unknown): ChubError {
  return new ChubError("INTEGRITY", `Refused ${name}: ${why}`, {
    hint: "Nothing of it was kept. Tell whoever publishes it.",
    ...(cause === undefined ? {} : { cause }),
  });
}
