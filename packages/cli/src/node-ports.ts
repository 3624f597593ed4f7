import {
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { ChubError } from "@chub/registry/errors";
import type { FilePort } from "./ports.ts";
import { quoteInput } from "./terminal/neutralise.ts";

/** Files of the machine. */
export const nodeFiles: FilePort = {
  isDirectory(path) {
    try {
      return statSync(path).isDirectory();
    } catch {
      return false; // whatever is in the way is named when it is written to
    }
  },
  read(path) {
    try {
      return readFileSync(path, "utf8");
    } catch (cause) {
      if (codeOf(cause) === "ENOENT" || codeOf(cause) === "ENOTDIR") return null;
      throw new ChubError("LOCAL_IO", `Cannot read ${quoteInput(path, 200)} (${codeOf(cause)})`, {
        hint: "Check that it is a file and may be read",
        cause,
      });
    }
  },
  remove: (path) => rmSync(path, { force: true }),
  removeEmptyFolder(path) {
    try {
      rmdirSync(path);
    } catch (cause) {
      if (!["ENOTEMPTY", "EEXIST", "ENOENT"].includes(codeOf(cause))) throw cause;
    }
  },
  write(path, text, below) {
    if (below !== undefined) requireNoLinkBelow(below, path);
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeWhole(path, text);
    } catch (cause) {
      throw new ChubError("LOCAL_IO", `Cannot write ${quoteInput(path, 200)} (${codeOf(cause)})`, {
        hint: "Check that the folder exists, may be written to and has room",
        cause,
      });
    }
  },
};

/** The names below the folder come from a document: a link among them could lead into any folder of the user. */
function requireNoLinkBelow(folder: string, path: string): void {
  const parts = relative(folder, path).split(sep);
  const places = parts.map((_, index) => join(folder, ...parts.slice(0, index + 1)));
  const link = path === folder ? undefined : places.find(isLink);
  if (link === undefined) return;
  throw new ChubError("POLICY", `Refused to write through the link ${quoteInput(link, 200)}`, {
    hint: "Remove the link, or name another folder with -o",
  });
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  } catch {
    return false; // whatever is in the way is named when it is written to
  }
}

/** 64 random bits in hex; Node's crypto module is loaded only when they are needed. */
export async function randomBoundary(): Promise<string> {
  return (await import("node:crypto")).randomBytes(8).toString("hex");
}

/** A reader never sees half a file: it appears by a rename. A pipe, a device or a link is written to as it is. */
function writeWhole(path: string, text: string): void {
  const existing = lstatSync(path, { throwIfNoEntry: false });
  if (existing !== undefined && !existing.isFile()) {
    writeFileSync(path, text);
    return;
  }
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    writeFileSync(temporary, text, { flag: "wx" });
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cause;
  }
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
}
