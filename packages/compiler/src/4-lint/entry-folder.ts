import type { PathSet } from "./rule.ts";

/**
 * Folder of the entry that a file belongs to: the nearest one at or above it with a DOC.md or SKILL.md; null without.
 */
export function entryFolderOf(path: string, paths: ReadonlySet<string>): string | null {
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
    const folder = path.slice(0, end);
    if (paths.has(`${folder}/DOC.md`) || paths.has(`${folder}/SKILL.md`)) return folder;
  }
  return null;
}

/** Whether a path is a file of the tree, or a folder of it. */
export function existsIn(paths: PathSet, path: string): boolean {
  if (paths.has(path)) return true;
  const folder = path.replace(/\/$/, "");
  return paths.hasFolder === undefined ? foldersOf(paths).has(folder) : paths.hasFolder(folder);
}

/** The folders of a set of paths, found once for each set. */
export function foldersOf(paths: ReadonlySet<string>): ReadonlySet<string> {
  const known = FOLDERS.get(paths);
  if (known !== undefined) return known;
  const folders = new Set<string>();
  for (const path of paths) {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  FOLDERS.set(paths, folders);
  return folders;
}

/** Folders by set of paths: one set serves every file of a run. */
const FOLDERS = new WeakMap<ReadonlySet<string>, ReadonlySet<string>>();
