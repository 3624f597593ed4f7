import { existsSync, readdirSync, statSync } from "node:fs";
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
export function selectContent(
  paths: readonly string[],
  { configured, cwd }: { configured: string; cwd: string },
): Selection {
  if (paths.length === 0) {
    if (!existsSync(configured)) throw missing(configured);
    return { contentRoot: configured, paths: [""] };
  }
  const absolute = paths.map((path) => resolve(cwd, path));
  const absent = absolute.find((path) => !existsSync(path));
  if (absent !== undefined) throw missing(absent);
  const roots = new Set(
    absolute.map((path) => (isInside(configured, path) ? configured : rootOf(path))),
  );
  const [contentRoot] = roots;
  if (contentRoot === undefined || roots.size > 1) {
    throw new ChubError("USAGE", `The paths belong to ${roots.size} content trees`, {
      hint: "Run once for each tree.",
    });
  }
  return {
    contentRoot,
    paths: absolute.map((path) => relative(contentRoot, path).split(sep).join("/")),
  };
}

/** Whether a path of the tree is in the selection. */
export function isSelected({ paths }: Selection, path: string): boolean {
  return paths.some(
    (selected) => selected === "" || path === selected || path.startsWith(`${selected}/`),
  );
}

function rootOf(path: string): string {
  if (!statSync(path).isDirectory()) return rootAbove(dirname(path)) ?? dirname(path);
  if (hasShelf(path)) return dirname(path);
  const holdsAuthors = readdirSync(path, { withFileTypes: true }).some(
    (item) => item.isDirectory() && hasShelf(join(path, item.name)),
  );
  return holdsAuthors ? path : (rootAbove(path) ?? path);
}

/** Two levels above the nearest folder that is called like a shelf. */
function rootAbove(path: string): string | null {
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    if (SHELVES.includes(basename(folder))) return dirname(dirname(folder));
  }
  return null;
}

function hasShelf(folder: string): boolean {
  return SHELVES.some((name) => existsSync(join(folder, name)));
}

function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root + sep);
}

function missing(path: string): ChubError {
  return new ChubError("USAGE", `${path} does not exist`, {
    hint: "Name the content folder, for example `chubc lint content`.",
  });
}

const SHELVES = ["docs", "skills"];
