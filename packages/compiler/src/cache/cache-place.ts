import { hash } from "node:crypto";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, relative, sep } from "node:path";

export interface CachePlace {
  /** Absolute. */
  readonly contentRoot: string;
  /** Folder named by the user, absolute; null for the usual one. */
  readonly named: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Folder for what is remembered of a content tree: `node_modules/.cache/chub` of the project the tree is in, else in
 * the user's cache folder.
 *
 * Each tree has a folder of its own, named for its place in the project, so that a cache that was carried to another
 * machine still counts.
 */
export function cachePlace({ contentRoot, named, env }: CachePlace): string {
  if (named !== null) return named;
  for (let folder = contentRoot; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, "node_modules")))
      return join(folder, "node_modules/.cache/chub", digest(relative(folder, contentRoot)));
  }
  const user = env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  return join(user, "chub/compiler", digest(contentRoot));
}

function digest(path: string): string {
  return hash("sha256", path.split(sep).join("/"), "hex").slice(0, 16);
}
