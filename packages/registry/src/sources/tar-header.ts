import type { ChubError } from "../chub-error.ts";

/** Makes the failure of an archive. */
export type Refusal = (why: string, cause?: unknown) => ChubError;

/** Bytes of a block: headers are one, contents are filled up to whole ones. */
export const TAR_BLOCK = 512;

export interface TarMember {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly type: string;
}

/** Bytes of a content with the padding behind it. */
export function padded(size: number): number {
  return Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
}

/** The header of a member. Errors: those of `refuse`, for a checksum, number or mode that cannot be. */
export function readTarHeader(header: Uint8Array, refuse: Refusal): TarMember {
  const sum = header.reduce(
    (total, byte, index) => total + (index >= 148 && index < 156 ? SPACE : byte),
    0,
  );
  const octal = (start: number, length: number): number => {
    const digits = text(header, start, length).trim();
    if (!/^[0-7]*$/.test(digits)) throw refuse("a number of a member is not octal");
    return digits === "" ? 0 : Number.parseInt(digits, 8);
  };
  if (octal(148, 8) !== sum) throw refuse("the checksum of a member is wrong");
  const prefix = text(header, 345, 155);
  const name = text(header, 0, 100);
  const path = prefix === "" ? name : `${prefix}/${name}`;
  if ((octal(100, 8) & SPECIAL_BITS) !== 0)
    throw refuse(`${shown(path)} is marked to run as somebody else`);
  return { path, size: octal(124, 12), type: String.fromCharCode(header[156] ?? 0) };
}

/** Gives the path of each regular file in turn, and null for what only describes others. */
export function tarPaths(
  hasFolder: boolean,
  refuse: Refusal,
): { next(member: TarMember, description: Uint8Array | null): string | null } {
  const seen = new Set<string>();
  let longPath: string | null = null;
  return {
    next({ path: ownPath, type }, description) {
      if (type === "g") return null;
      if (type === "x") {
        longPath = paxPath(description ?? new Uint8Array());
        return null;
      }
      const path = longPath ?? ownPath;
      longPath = null;
      const inside = insidePath(type === "5" ? path.replace(/\/$/, "") : path, {
        hasFolder,
        isFolder: type === "5",
      });
      if (inside === null) throw refuse(`the path ${shown(path)} is not allowed`);
      if (type === "5") return null;
      if (type !== "0" && type !== "\0") throw refuse(`${shown(path)} is not a plain file`);
      if (seen.has(inside.toLowerCase())) throw refuse(`${shown(path)} is there twice`);
      seen.add(inside.toLowerCase());
      return inside;
    },
  };
}

/** A path without the folder that does not count; null for one that could lead anywhere else. */
function insidePath(
  path: string,
  { hasFolder, isFolder }: { readonly hasFolder: boolean; readonly isFolder: boolean },
): string | null {
  const parts = path.split("/");
  const least = hasFolder && !isFolder ? 2 : 1;
  const isPlain = parts.every((part) => part !== "" && part !== "." && part !== "..");
  if (!isPlain || parts.length < least || /[\\\p{Cc}]/u.test(path)) return null;
  return parts.slice(hasFolder ? 1 : 0).join("/");
}

/** `path` of an extended header: lines of `<length> <key>=<value>\n`. */
function paxPath(content: Uint8Array): string | null {
  const records = new TextDecoder().decode(content).split("\n");
  const record = records.find((line) => /^\d+ path=/.test(line));
  return record === undefined ? null : record.slice(record.indexOf("=") + 1);
}

function text(header: Uint8Array, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end));
}

function shown(path: string): string {
  return JSON.stringify(path.slice(0, 200));
}

const SPACE = 0x20;
/** setuid, setgid, sticky. */
const SPECIAL_BITS = 0o7000;
