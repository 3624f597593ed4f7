import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { packageKey } from "../resolve/package-url.ts";
import { NPM_FILES } from "./npm-files.ts";
import { OTHER_FILES } from "./other-files.ts";
import type { ProjectFile, ProjectPackage } from "./project-package.ts";
import { PYTHON_FILES } from "./python-files.ts";

/** The versions a project uses. */
export interface ProjectVersions {
  /** By package URL without version, for `ResolveRequest.project`. */
  readonly versions: ReadonlyMap<string, string>;
  /** The same with more detail, sorted by key. */
  readonly packages: readonly (ProjectPackage & { readonly key: string; readonly file: string })[];
  /** Files that were read, absolute. */
  readonly files: readonly string[];
  /** Files that could not be read, each with a reason. */
  readonly problems: readonly string[];
}

/**
 * What the lockfiles and manifests of a folder and of those above say, up to the top of the repository.
 *
 * The nearest file of each kind counts; an installed version counts more than one a manifest allows.
 * Errors: none; a file that cannot be read is among the `problems`.
 */
export async function projectVersions(folder: string): Promise<ProjectVersions> {
  const found = findFiles(folder);
  const packages = new Map<string, ProjectVersions["packages"][number]>();
  const problems: string[] = [];
  for (const { file, path } of found) {
    const read = await readPackages(file, path, folder);
    if (typeof read === "string") problems.push(read);
    for (const one of typeof read === "string" ? [] : read) {
      const key = packageKey(one);
      const known = packages.get(key);
      if (known === undefined || (one.exact && !known.exact))
        packages.set(key, { ...one, key, file: path });
    }
  }
  const sorted = [...packages.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  return {
    versions: new Map(sorted.map(({ key, version }) => [key, version])),
    packages: sorted,
    files: found.map(({ path }) => path),
    problems,
  };
}

interface FoundFile {
  readonly file: ProjectFile;
  readonly path: string;
}

function findFiles(folder: string): readonly FoundFile[] {
  const found = new Map<string, FoundFile>();
  for (let directory = folder; ; directory = dirname(directory)) {
    for (const file of ALL_FILES) {
      const path = join(directory, file.name);
      if (!found.has(file.group) && statSync(path, { throwIfNoEntry: false })?.isFile() === true)
        found.set(file.group, { file, path });
    }
    if (existsSync(join(directory, ".git")) || dirname(directory) === directory)
      return [...found.values()];
  }
}

async function readPackages(
  file: ProjectFile,
  path: string,
  folder: string,
): Promise<readonly ProjectPackage[] | string> {
  try {
    if (statSync(path).size > MAX_BYTES) return `${path}: more than ${MAX_BYTES} bytes`;
    const place = { folder: relative(dirname(path), folder).split(sep).join("/") };
    return await file.parse(readFileSync(path, "utf8"), place);
  } catch (error) {
    return `${path}: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}`;
  }
}

const ALL_FILES = [...NPM_FILES, ...PYTHON_FILES, ...OTHER_FILES];
const MAX_BYTES = 32 * 1024 * 1024;
