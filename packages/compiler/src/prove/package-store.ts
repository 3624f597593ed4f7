import { createHash, hash, randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { codePaths, declarationFiles, referencedPackages } from "./declarations.ts";
import type { NpmRegistry, PublishedManifest } from "./npm-registry.ts";
import { unpack } from "./unpack.ts";

/** The types of one version of a package. */
export interface StoredPackage {
  readonly name: string;
  readonly version: string;
  /** Subresource integrity of the tarball they come from. */
  readonly integrity: string;
  /** Ranges by name. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** Packages that its declarations speak of, sorted. */
  readonly references: readonly string[];
  /** Text by path: declarations and manifests, nothing that could be run. */
  readonly files: Readonly<Record<string, string>>;
  /** Paths of its code, which is not kept; sorted. */
  readonly code: readonly string[];
}

/** Types of packages by name, version and integrity. What is there is read without the network. */
export interface PackageStore {
  /** Folder of the store, absolute. */
  readonly folder: string;
  /** Whether these bytes are there. Cheaper than reading them. */
  has(name: string, version: string, integrity: string): boolean;
  /** Whether any bytes of a version are there. */
  contains(name: string, version: string): boolean;
  /** The package when it is there; with `integrity` only one of those bytes. */
  read(name: string, version: string, integrity?: string): StoredPackage | null;
  /** The package, fetched when it is not there. Errors: ChubError NO_DATA, INTEGRITY, LOCAL_IO. */
  fetch(manifest: PublishedManifest): Promise<StoredPackage>;
}

/** Opens a store; the folder is made when something is put into it. */
export function openPackageStore(folder: string, registry: NpmRegistry): PackageStore {
  const placeOf = (name: string, version: string): string =>
    join(folder, "packages", folderName(name), folderName(version));
  const read: PackageStore["read"] = (name, version, integrity) => {
    const place = placeOf(name, version);
    const wanted = integrity === undefined ? namesIn(place) : [fileName(integrity)];
    for (const name of wanted) {
      const found = readChecked(join(place, name));
      if (found !== null && (integrity === undefined || found.integrity === integrity))
        return found;
    }
    return null;
  };
  return {
    folder,
    has: (name, version, integrity) =>
      existsSync(join(placeOf(name, version), fileName(integrity))),
    contains: (name, version) => namesIn(placeOf(name, version)).length > 0,
    read,
    async fetch(manifest) {
      const { name, version, integrity } = manifest;
      const known = read(name, version, integrity);
      if (known !== null) return known;
      const stored = packageFrom(manifest, await unpack(await registry.tarball(manifest)));
      writeWhole(
        join(placeOf(name, version), fileName(integrity)),
        checked(JSON.stringify(stored)),
      );
      return stored;
    },
  };
}

/** Writes a file so that readers see all of it or nothing. */
export function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString("hex")}`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}

/** The digest on the first line, so that a torn or changed file is noticed. */
export function checked(text: string): string {
  return `${hash("sha256", text, "hex")}\n${text}`;
}

/** Text behind its digest; null when the file is missing or not what was written. */
export function readText(path: string): string | null {
  const whole = readIfThere(path);
  if (whole === null || whole[DIGEST_LENGTH] !== "\n") return null;
  const text = whole.slice(DIGEST_LENGTH + 1);
  return hash("sha256", text, "hex") === whole.slice(0, DIGEST_LENGTH) ? text : null;
}

function readChecked(path: string): StoredPackage | null {
  const text = readText(path);
  return text === null ? null : (JSON.parse(text) as StoredPackage);
}

function packageFrom(
  manifest: PublishedManifest,
  members: ReadonlyMap<string, Uint8Array>,
): StoredPackage {
  const { name, version, integrity, dependencies } = manifest;
  const files = declarationFiles(members);
  return {
    name,
    version,
    integrity,
    dependencies,
    references: referencedPackages(files).filter((reference) => reference !== name),
    files: Object.fromEntries(files),
    code: codePaths(members.keys()),
  };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Names of packages and versions as names of folders, on every file system. */
function folderName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9@._-]/g, (character) =>
    character === "/" ? "+" : `%${character.codePointAt(0)!.toString(16)}`,
  );
}

function fileName(integrity: string): string {
  return `${createHash("sha256").update(integrity).digest("hex").slice(0, 32)}.json`;
}

const DIGEST_LENGTH = 64;
