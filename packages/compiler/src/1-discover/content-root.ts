import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { ChubError } from "@chub/registry";

/** A content tree and the part of it that was asked for. */
export interface Selection {
  /** Absolute. */
  readonly contentRoot: string;
  /** POSIX, relative to the root; a file, a folder, or "" for everything. */
  readonly paths: readonly string[];
}

/**
 * The content tree that paths belong to.
 *
 * Paths inside `configured` select parts of it. Any other path finds its own root: it stands two levels above the
 * nearest `docs` or `skills` folder, as `<root>/<author>/docs/…`; a folder without either is a root itself.
 *
 * **Errors**: `USAGE` when a path does not exist or the paths belong to several trees.
 */
export function selectContent(paths: readonly string[], { configured, cwd }: { configured: string; cwd: string }): Selection {
  if (paths.length === 0) {
    if (!existsSync(configured)) throw missing(configured);
    return { contentRoot: configured, paths: [""] };
  }
  const absolute = paths.map((path) => resolve(cwd, path));
  const absent = absolute.find((path) => !existsSync(path));
  if (absent !== undefined) throw missing(absent);
  const roots = new Set(absolute.map((path) => (isInside(configured, path) ? configured : rootOf(path))));
  const [contentRoot] = roots;
  if (contentRoot === undefined || roots.size > 1) {
    throw new ChubError("USAGE", `The paths belong to ${roots.size} content trees`, { hint: "Run once for each tree." });
  }
  return { contentRoot, paths: absolute.map((path) => relative(contentRoot, path).split(sep).join("/")) };
}

/** Whether a path of the tree is in the selection. */
export function isSelected({ paths }: Selection, path: string): boolean {
  return paths.some((selected) => selected === "" || path === selected || path.startsWith(`${selected}/`));
}

function rootOf(path: string): string {
  const isFolder = statSync(path).isDirectory();
  if (isFolder && SHELVES.some((name) => existsSync(join(path, name)))) return dirname(path);
  for (let folder = isFolder ? path : dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    if (SHELVES.includes(basename(folder)) && !holdsAuthors(folder)) return dirname(dirname(folder));
  }
  return isFolder ? path : dirname(dirname(path));
}

/** A content root may itself be called `docs`. */
function holdsAuthors(folder: string): boolean {
  return existsSync(join(folder, "owners.yaml")) || existsSync(join(folder, "redirects.yaml"));
}

function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root + sep);
}

function missing(path: string): ChubError {
  return new ChubError("USAGE", `${path} does not exist`, { hint: "Name the content folder, for example `chubc lint content`." });
}

const SHELVES = ["docs", "skills"];
