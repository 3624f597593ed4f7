import { byCodeUnit, isChubError } from "@chub/registry";
import { discover } from "./discover.ts";
import type { Discovered } from "./source-file.ts";

export interface ChangedFolders {
  /** POSIX, relative to the content root; "" is the root. */
  readonly folders: readonly string[];
  /** As for `discover`. */
  readonly ignore: readonly string[];
}

/** A tree after changes in some folders: only these are read. The same object when nothing is different. */
export function discoverAgain(
  contentRoot: string,
  before: Discovered,
  { folders, ignore }: ChangedFolders,
): Discovered {
  const outermost = folders.filter(
    (folder) =>
      !folders.some((other) => other !== folder && isBelow(folder, other)) &&
      !isSkipped(before, folder),
  );
  let { files, skipped } = before;
  for (const folder of outermost) {
    const found = discoverIn(contentRoot, folder, ignore);
    files = [...files.filter(({ path }) => !isBelow(path, folder)), ...found.files];
    skipped = [...skipped.filter(({ path }) => !isBelow(path, folder)), ...found.skipped];
  }
  const after = { files: sorted(files), skipped: sorted(skipped) };
  return isSame(before, after) ? before : after;
}

/** Whether discovery does not look into a folder. */
export function isSkipped({ skipped }: Discovered, folder: string): boolean {
  return skipped.some(({ path }) => isBelow(folder, path));
}

/** Nothing where the folder is gone, or goes while it is read: another change tells of it. */
function discoverIn(contentRoot: string, below: string, ignore: readonly string[]): Discovered {
  try {
    return discover(contentRoot, { ignore, below, late: { keptBytes: MOST_KEPT } });
  } catch (error) {
    if (isChubError(error) && error.code === "LOCAL_IO") return { files: [], skipped: [] };
    throw error;
  }
}

function isBelow(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}

function sorted<T extends { readonly path: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => byCodeUnit(a.path, b.path));
}

function isSame(a: Discovered, b: Discovered): boolean {
  return (
    a.files.length === b.files.length &&
    a.skipped.length === b.skipped.length &&
    a.files.every(
      ({ path, sha256 }, i) => path === b.files[i]?.path && sha256 === b.files[i].sha256,
    ) &&
    a.skipped.every(
      ({ path, reason }, i) => path === b.skipped[i]?.path && reason === b.skipped[i].reason,
    )
  );
}

const MOST_KEPT = 16 * 1024 * 1024; // bytes
