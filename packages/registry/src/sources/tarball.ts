import { createHash } from "node:crypto";
import { createGunzip } from "node:zlib";
import { ChubError } from "../chub-error.ts";
import {
  padded,
  readTarHeader,
  tarPaths,
  TAR_BLOCK,
  type Refusal,
  type TarMember,
} from "./tar-header.ts";

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
  /** Hex. */
  readonly sha256: string;
  /** Null for a file that was only to be looked at. */
  readonly bytes: Uint8Array | null;
}

/**
 * Regular files of a gzipped tar, one after another; of those that `wants` no more than one is in memory.
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
  wants: (path: string) => boolean,
): AsyncGenerator<TarballFile> {
  const refuse: Refusal = (why, cause) => refused(reading.name, why, cause);
  const bytes = new InflatedBytes(archive, reading.maxBytes, refuse);
  const paths = tarPaths(reading.hasFolder, refuse);
  for (let members = 1; ; members += 1) {
    const block = await bytes.take(TAR_BLOCK);
    if (block.length < TAR_BLOCK) throw refuse("it is cut: it has no end");
    if (block.every((byte) => byte === 0)) break;
    if (members > reading.maxMembers)
      throw refuse(`it has more than ${reading.maxMembers} members`);
    const member = readTarHeader(block, refuse);
    const limit = isDescription(member) ? MAX_DESCRIPTION_BYTES : reading.maxMemberBytes;
    if (member.size > limit) throw refuse(`${shown(member.path)} is larger than ${limit} bytes`);
    const description = isDescription(member) ? await bytes.take(padded(member.size)) : null;
    const path = paths.next(member, description?.subarray(0, member.size) ?? null);
    if (description !== null) continue;
    const content = await bytes.digest(member.size, path !== null && wants(path));
    if (content === null) throw refuse(`${shown(member.path)} is cut`);
    if (path !== null) yield { path, ...content };
  }
  await bytes.requireEnd();
}

/** sha256 of every file of an archive, which is thereby read to its end. Errors: those of `tarballFiles`. */
export async function scanTarball(
  archive: Uint8Array,
  reading: TarballReading,
): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>();
  for await (const { path, sha256 } of tarballFiles(archive, reading, () => false))
    digests.set(path, sha256);
  return digests;
}

/** One file of an archive that was scanned, or null. Errors: those of `tarballFiles`. */
export async function readTarballFile(
  archive: Uint8Array,
  reading: TarballReading,
  wanted: string,
): Promise<Uint8Array | null> {
  for await (const { bytes } of tarballFiles(archive, reading, (path) => path === wanted))
    if (bytes !== null) return bytes;
  return null;
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
    const bytes = new Uint8Array(length);
    const taken = await this.#each(length, (piece, at) => bytes.set(piece, at));
    return bytes.subarray(0, taken);
  }

  /** Digest, and when wanted the bytes, of so many bytes with the padding behind them; null when they are cut. */
  async digest(size: number, wanted: boolean): Promise<Omit<TarballFile, "path"> | null> {
    const bytes = wanted ? new Uint8Array(size) : null;
    const hash = createHash("sha256");
    const taken = await this.#each(size, (piece, at) => {
      hash.update(piece);
      bytes?.set(piece, at);
    });
    const padding = padded(size) - size;
    if (taken < size || (await this.#each(padding, () => undefined)) < padding) return null;
    return { sha256: hash.digest("hex"), bytes };
  }

  async #each(length: number, visit: (piece: Uint8Array, at: number) => void): Promise<number> {
    let at = 0;
    while (at < length) {
      const piece = this.#rest.length > 0 ? this.#rest : await this.#next();
      if (piece === null) break;
      const used = piece.subarray(0, length - at);
      visit(used, at);
      this.#rest = piece.subarray(used.length);
      at += used.length;
    }
    return at;
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

/** A member that only says something about the next one. */
function isDescription({ type }: TarMember): boolean {
  return type === "x" || type === "g";
}

function shown(path: string): string {
  return JSON.stringify(path.slice(0, 200));
}

const MAX_DESCRIPTION_BYTES = 64 * 1024;

function refused(name: string, why: string, cause?: unknown): ChubError {
  return new ChubError("INTEGRITY", `Refused ${name}: ${why}`, {
    hint: "Nothing of it was kept. Tell whoever publishes it.",
    ...(cause === undefined ? {} : { cause }),
  });
}
