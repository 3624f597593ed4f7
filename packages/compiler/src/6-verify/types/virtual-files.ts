import type { PackageEnvironment } from "./environment.ts";

/** Files of an environment and of documents as one tree, laid out as a package manager would, and nowhere on disk. */
export interface VirtualFiles {
  readonly exists: (path: string) => boolean;
  readonly folderExists: (path: string) => boolean;
  /** Null when there is no such file. */
  readonly read: (path: string) => string | null;
  /** Path without links: every package has one place, `/n/<id>/node_modules/<name>/…`. */
  readonly realPath: (path: string) => string;
  /** Id of the package that a file belongs to; null for other files. */
  readonly packageAt: (path: string) => string | null;
  /** Names of the entries of a folder; for `@types`. */
  readonly folders: (path: string) => readonly string[];
}

/** Text by path inside a package. Errors: a throw when the package is not there. */
export type PackageFiles = (id: string) => ReadonlyMap<string, string>;

/** The tree. Dependencies are looked up where the package that asks for them stands; roots stand at `/node_modules`. */
export function virtualFiles(
  environment: PackageEnvironment,
  packageFiles: PackageFiles,
): VirtualFiles {
  const roots = new Map(
    environment.roots.map(({ types }) => [environment.packages[types]!.name, types]),
  );
  const ids = new Map(Object.keys(environment.packages).map((id) => [folderOf(id), id]));
  const folders = new Map<string, ReadonlySet<string>>();

  const locate = (path: string): Located | null => {
    const match = PACKAGE_PATH.exec(path);
    if (match === null) return null;
    const [, asking, name = "", inner = ""] = match;
    const id = asking === undefined ? roots.get(name) : target(ids.get(asking), name);
    return id === undefined ? null : { id, inner };
  };
  const target = (asking: string | undefined, name: string): string | undefined => {
    const found = asking === undefined ? undefined : environment.packages[asking];
    if (found === undefined) return undefined;
    if (found.name === name) return asking;
    return Object.hasOwn(found.dependencies, name) ? found.dependencies[name] : undefined;
  };
  const foldersOf = (id: string): ReadonlySet<string> => {
    const known = folders.get(id) ?? foldersIn(packageFiles(id).keys());
    folders.set(id, known);
    return known;
  };

  return {
    exists: (path) => {
      const at = locate(path);
      return at !== null && packageFiles(at.id).has(at.inner);
    },
    folderExists: (path) => {
      if (PARENTS.test(path)) return true;
      const at = locate(path);
      return at !== null && (at.inner === "" || foldersOf(at.id).has(at.inner));
    },
    read: (path) => {
      const at = locate(path);
      return at === null ? null : (packageFiles(at.id).get(at.inner) ?? null);
    },
    realPath: (path) => {
      const at = locate(path);
      if (at === null) return path;
      const { name } = environment.packages[at.id]!;
      return `/n/${folderOf(at.id)}/node_modules/${name}${at.inner === "" ? "" : `/${at.inner}`}`;
    },
    packageAt: (path) => locate(path)?.id ?? null,
    folders: (path) =>
      path === "/node_modules/@types"
        ? [...roots.keys()].flatMap((name) => (name.startsWith("@types/") ? [name.slice(7)] : []))
        : [],
  };
}

interface Located {
  readonly id: string;
  /** Path inside the package; "" is its folder. */
  readonly inner: string;
}

function foldersIn(paths: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const path of paths) {
    for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
      const folder = path.slice(0, at);
      if (found.has(folder)) break;
      found.add(folder);
    }
  }
  return found;
}

function folderOf(id: string): string {
  return id.replaceAll("/", "+");
}

const PACKAGE_PATH = /^(?:\/n\/([^/]+))?\/node_modules\/((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/;
/** Folders that hold packages. What stands in them is asked for by name. */
const PARENTS = /^(?:\/n\/[^/]+)?\/node_modules(?:\/@[^/]+)?$/;
