import { gunzipSync } from "node:zlib";
import { ChubError } from "../chub-error.ts";

export interface TarballLimits {
  /** Of the unpacked archive, headers included. */
  readonly maxBytes: number;
  readonly maxMembers: number;
  /**
   * Whether links are left out, `./` in a path means nothing and the last of several members of one path counts, as
   * npm has it for packages in general. Default: each of these refuses the archive.
   */
  readonly asNpm?: boolean;
}

/**
 * Regular files of an npm tarball by their path without the first folder.
 *
 * Nothing is written anywhere. A member that is a link, a device, a path outside the archive or a
 * repetition refuses the whole archive: leaving it out in silence would hide an attack.
 * Errors: ChubError INTEGRITY. Source: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
 */
export function readTarball(
  archive: Uint8Array,
  limits: TarballLimits,
): ReadonlyMap<string, Uint8Array> {
  const bytes = inflate(archive, limits.maxBytes);
  const files = new Map<string, Uint8Array>();
  let longPath: string | null = null;
  let members = 0;
  for (let at = 0; at + BLOCK <= bytes.length;) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) return files;
    members += 1;
    if (members > limits.maxMembers) throw refused(`it has more than ${limits.maxMembers} members`);
    const member = readHeader(header);
    const content = bytes.subarray(at + BLOCK, at + BLOCK + member.size);
    if (content.length !== member.size) throw refused(`${shown(member.path)} is cut`);
    at += BLOCK + Math.ceil(member.size / BLOCK) * BLOCK;
    if (member.type === "x") longPath = paxPath(content);
    else if (member.type !== "g" && member.type !== "5") {
      const path = longPath ?? member.path;
      if (limits.asNpm === true) addAsNpm(files, { ...member, path }, content);
      else addFile(files, { ...member, path }, content);
      longPath = null;
    }
  }
  return files;
}

interface Member {
  readonly path: string;
  readonly size: number;
  readonly type: string;
}

function addFile(
  files: Map<string, Uint8Array>,
  { path, type }: Member,
  content: Uint8Array,
): void {
  if (type !== "0" && type !== "\0") throw refused(`${shown(path)} is not a plain file`);
  const parts = path.split("/");
  if (
    path.includes("\\") ||
    path.includes("\0") ||
    parts.length < 2 ||
    parts.some((part) => part === "" || part === "." || part === "..")
  ) {
    throw refused(`the path ${shown(path)} is not allowed`);
  }
  const inside = parts.slice(1).join("/");
  if (files.has(inside)) throw refused(`${shown(path)} is there twice`);
  files.set(inside, content);
}

function addAsNpm(files: Map<string, Uint8Array>, member: Member, content: Uint8Array): void {
  if (member.type !== "0" && member.type !== "\0") return;
  const parts = member.path.split("/").filter((part) => part !== "" && part !== ".");
  files.delete(parts.slice(1).join("/"));
  addFile(files, { ...member, path: parts.join("/") }, content);
}

function readHeader(header: Uint8Array): Member {
  const sum = header.reduce(
    (total, byte, index) => total + (index >= 148 && index < 156 ? SPACE : byte),
    0,
  );
  if (octal(header, 148, 8) !== sum) throw refused("the checksum of a member is wrong");
  const prefix = text(header, 345, 155);
  const name = text(header, 0, 100);
  return {
    path: prefix === "" ? name : `${prefix}/${name}`,
    size: octal(header, 124, 12),
    type: String.fromCharCode(header[156] ?? 0),
  };
}

/** `path` of an extended header: lines of `<length> <key>=<value>\n`. */
function paxPath(content: Uint8Array): string | null {
  const records = new TextDecoder().decode(content).split("\n");
  const record = records.find((line) => /^\d+ path=/.test(line));
  return record === undefined ? null : record.slice(record.indexOf("=") + 1);
}

function inflate(archive: Uint8Array, maxBytes: number): Uint8Array {
  try {
    return gunzipSync(archive, { maxOutputLength: maxBytes });
  } catch (cause) {
    const isBomb = (cause as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    throw refused(isBomb ? `it is larger than ${maxBytes} bytes` : "it is not a gzip file", cause);
  }
}

function text(header: Uint8Array, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end));
}

function octal(header: Uint8Array, start: number, length: number): number {
  const digits = text(header, start, length).trim();
  if (!/^[0-7]*$/.test(digits)) throw refused("a number of a member is not octal");
  return digits === "" ? 0 : Number.parseInt(digits, 8);
}

function shown(path: string): string {
  return JSON.stringify(path.slice(0, 200));
}

function refused(why: string, cause?: unknown): ChubError {
  return new ChubError("INTEGRITY", `Refused the package: ${why}`, {
    hint: "Nothing of it was kept. Tell whoever publishes the package.",
    ...(cause === undefined ? {} : { cause }),
  });
}

const BLOCK = 512;
const SPACE = 0x20;
