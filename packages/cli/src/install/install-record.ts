import { createHash } from "node:crypto";

/** What `chub install` did in a project, so that `chub uninstall` can take back exactly that. */
export interface InstallRecord {
  readonly version: 1;
  /** Sorted by path. */
  readonly files: readonly RecordedFile[];
}

export interface RecordedFile {
  /** As in `AgentSpec`. */
  readonly path: string;
  readonly agents: readonly string[];
  /** Whether the file was not there before. */
  readonly created: boolean;
  /** Folders made on the way, outermost first. */
  readonly folders: readonly string[];
  /** sha256 of the text that was written, hex. */
  readonly sha256: string;
  readonly undo: Splice;
}

/** Puts `removed` in the place of `inserted`. Offset in UTF-16 code units. */
export interface Splice {
  readonly offset: number;
  readonly inserted: string;
  readonly removed: string;
}

/** Where the record of a project is. */
export const RECORD_PATH = ".chub/install.json";

/** The record of a text; an empty one for null or what is none. */
export function decodeRecord(text: string | null): InstallRecord {
  if (text === null) return { version: 1, files: [] };
  try {
    const value = JSON.parse(text) as Partial<InstallRecord>;
    if (value.version === 1 && Array.isArray(value.files))
      return { version: 1, files: value.files };
  } catch {
    // A record that was damaged cannot undo anything; the files are then changed by their marks.
  }
  return { version: 1, files: [] };
}

export function encodeRecord(record: InstallRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

export function sha256Of(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** The splice that takes `after` back to `before`: only what differs, so that no secret of the file is copied. */
export function undoOf(before: string, after: string): Splice {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return {
    offset: start,
    inserted: after.slice(start, after.length - end),
    removed: before.slice(start, before.length - end),
  };
}

/** The text before, or null when the splice does not fit. */
export function applyUndo(text: string, { offset, inserted, removed }: Splice): string | null {
  if (text.slice(offset, offset + inserted.length) !== inserted) return null;
  return `${text.slice(0, offset)}${removed}${text.slice(offset + inserted.length)}`;
}
