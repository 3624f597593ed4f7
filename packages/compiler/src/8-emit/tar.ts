import type { ArtifactPart } from "../7-index/artifact.ts";

/**
 * The parts as a tar stream in ustar format: the same bytes for the same parts on every machine (no time, no owner, mode 644).
 *
 * Source: https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html (ustar and pax interchange formats).
 */
export function* tarStream(
  parts: Iterable<Pick<ArtifactPart, "path" | "size" | "bytes">>,
): Generator<Uint8Array> {
  for (const part of parts) {
    const split = splitPath(part.path);
    if (split === null) yield* longPath(part.path);
    yield header({
      ...(split ?? { name: part.path.slice(-NAME_LENGTH), prefix: "" }),
      size: part.size,
      type: "0",
    });
    yield part.bytes();
    yield padding(part.size);
  }
  yield new Uint8Array(BLOCK * 2);
}

interface Header {
  readonly name: string;
  readonly prefix: string;
  readonly size: number;
  /** `0` a file, `x` extended attributes of the next one. */
  readonly type: "0" | "x";
}

/** A path that fits neither field is given before its file as an extended attribute. */
function* longPath(path: string): Generator<Uint8Array> {
  const record = paxRecord("path", path);
  yield header({ name: "pax", prefix: "", size: record.length, type: "x" });
  yield record;
  yield padding(record.length);
}

/** `<length> <key>=<value>\n`, where the length counts its own digits. */
function paxRecord(key: string, value: string): Uint8Array {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest;
  while (length !== rest + String(length).length) length = rest + String(length).length;
  return Buffer.from(`${length} ${key}=${value}\n`);
}

function header({ name, prefix, size, type }: Header): Uint8Array {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, NAME_LENGTH, "utf8");
  block.write("0000644\0", 100); // mode
  block.write("0000000\0", 108); // owner
  block.write("0000000\0", 116); // group
  block.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  block.write("00000000000\0", 136); // time of change
  block.write("        ", 148); // the sum counts itself as spaces
  block.write(type, 156);
  block.write("ustar\0" + "00", 257);
  block.write(prefix, 345, PREFIX_LENGTH, "utf8");
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

/** A path of up to 100 bytes stands in the name; a longer one is split at a slash, or null when no slash fits. */
function splitPath(path: string): { name: string; prefix: string } | null {
  if (Buffer.byteLength(path) <= NAME_LENGTH) return { name: path, prefix: "" };
  for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) {
    const prefix = path.slice(0, slash);
    const name = path.slice(slash + 1);
    if (Buffer.byteLength(prefix) <= PREFIX_LENGTH && Buffer.byteLength(name) <= NAME_LENGTH)
      return { name, prefix };
  }
  return null;
}

function padding(size: number): Uint8Array {
  return new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);
}

const BLOCK = 512; // bytes
const NAME_LENGTH = 100; // bytes
const PREFIX_LENGTH = 155; // bytes
