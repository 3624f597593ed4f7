import { type FSWatcher, readdirSync, watch } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ChubError } from "@chub/registry";

/** A tree that is watched. */
export interface WatchedTree {
  /**
   * Folders in which something changed, POSIX and relative to the root, each once. Changes that follow one another
   * at once come together: an editor that saves by renaming makes several. Ends when the signal is given.
   */
  changes(signal: AbortSignal): AsyncGenerator<readonly string[]>;
  close(): void;
}

/**
 * Watches every folder of a tree, not its files: editors replace those, and there are more of them than systems allow
 * watches. Folders that `skips` names, relative to the root, are left alone.
 *
 * **Errors**: `LOCAL_IO` when the system allows no more watches.
 */
export function watchTree(root: string, skips: (folder: string) => boolean): WatchedTree {
  const watchers = new Map<string, FSWatcher>();
  const changed = new Set<string>();
  let wake: () => void = () => {};
  const note = (folder: string): void => {
    changed.add(folder);
    wake();
  };
  const add = (folder: string): void => {
    if (watchers.has(folder) || skips(folder)) return;
    const watcher = openWatcher(join(root, folder), () => note(folder));
    if (watcher === null) return;
    watcher.on("error", () => drop(folder));
    watchers.set(folder, watcher);
    for (const name of foldersIn(join(root, folder)))
      add(folder === "" ? name : `${folder}/${name}`);
  };
  const drop = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  /** Folders come and go with what changed in their parent. */
  const follow = (folder: string): void => {
    const there = new Set(foldersIn(join(root, folder)));
    const start = folder === "" ? "" : `${folder}/`;
    for (const known of Array.from(watchers.keys())) {
      if (known === "" || !known.startsWith(start)) continue;
      const child = known.slice(start.length).split("/")[0]!;
      if (!there.has(child)) drop(known);
    }
    for (const name of there) add(`${start}${name}`);
  };
  add("");
  return {
    async *changes(signal) {
      for (;;) {
        if (changed.size === 0)
          await new Promise<void>((resolve) => {
            wake = resolve;
            signal.addEventListener("abort", () => resolve(), { once: true });
          });
        if (signal.aborted) return;
        await wait(SETTLE_MS);
        const folders = [...changed];
        changed.clear();
        folders.forEach(follow);
        yield folders;
      }
    },
    close: () => [...watchers.keys()].forEach(drop),
  };
}

/** Null for a folder that is gone again. */
function openWatcher(path: string, onChange: () => void): FSWatcher | null {
  try {
    return watch(path, onChange);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : "";
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw new ChubError("LOCAL_IO", `Folder ${path} cannot be watched`, {
      hint:
        code === "ENOSPC" || code === "EMFILE"
          ? "The system allows no more watches: raise fs.inotify.max_user_watches and max_user_instances."
          : "Check that it is readable.",
      cause,
    });
  }
}

/** Names of the folders in a folder that discovery looks into; none when it is gone. */
function foldersIn(path: string): readonly string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((item) => item.isDirectory() && !item.name.startsWith("."))
      .map(({ name }) => name);
  } catch {
    return []; // ENOENT: gone, which its parent tells too
  }
}

/** Milliseconds in which further changes join the first. */
const SETTLE_MS = 15;
