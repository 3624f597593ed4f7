import {
  objectOf,
  packagesOf,
  type Json,
  type ProjectFile,
  type ProjectPackage,
  type ProjectPlace,
} from "./project-package.ts";

/** Lockfiles and the manifest of npm, pnpm, yarn and bun. */
export const NPM_FILES: readonly ProjectFile[] = [
  { name: "pnpm-lock.yaml", group: "npm-lock", parse: parsePnpmLock },
  { name: "package-lock.json", group: "npm-lock", parse: parsePackageLock },
  { name: "npm-shrinkwrap.json", group: "npm-lock", parse: parsePackageLock },
  { name: "yarn.lock", group: "npm-lock", parse: parseYarnLock },
  { name: "bun.lock", group: "npm-lock", parse: parseBunLock },
  { name: "package.json", group: "npm-manifest", parse: parsePackageJson },
];

/** Direct dependencies of the folder, or of the nearest workspace above it. */
async function parsePnpmLock(
  text: string,
  { folder }: ProjectPlace,
): Promise<readonly ProjectPackage[]> {
  const { parse } = await import("yaml");
  // Everything from `packages:` on, nearly all of a large file, says nothing about direct dependencies.
  const end = /^(?:packages|snapshots):/m.exec(text)?.index ?? text.length;
  const lock = objectOf(parse(text.slice(0, end), { maxAliasCount: 0, uniqueKeys: false }));
  const importers = objectOf(lock["importers"]);
  const importer = nearestFolder(Object.keys(importers), folder);
  const root = importer === null ? lock : objectOf(importers[importer]);
  const pairs = DEPENDENCY_KEYS.flatMap((key) =>
    Object.entries(objectOf(root[key])).map(([name, value]) => {
      const version = typeof value === "string" ? value : objectOf(value)["version"];
      // Peers stand in parentheses (or behind `_` in older files); links to the workspace have no version.
      const plain = typeof version === "string" ? /^(\d[^(_]*)/.exec(version)?.[1] : undefined;
      return [name, plain] as const;
    }),
  );
  return packagesOf("npm", pairs);
}

/** What a `require` in the folder would find: its own node_modules, then those above. */
function parsePackageLock(text: string, { folder }: ProjectPlace): readonly ProjectPackage[] {
  const lock = objectOf(JSON.parse(text));
  const packages = objectOf(lock["packages"]);
  const versions = new Map<string, unknown>();
  for (const [name, value] of Object.entries(objectOf(lock["dependencies"])))
    versions.set(name, objectOf(value)["version"]);
  for (const base of foldersDownTo(folder)) {
    const prefix = base === "" ? "node_modules/" : `${base}/node_modules/`;
    for (const [path, value] of Object.entries(packages)) {
      const name = path.startsWith(prefix) ? path.slice(prefix.length) : "";
      if (name !== "" && !name.includes("node_modules/"))
        versions.set(name, objectOf(value)["version"]);
    }
  }
  return packagesOf("npm", versions);
}

/** Both forms of yarn.lock: a line of descriptors, then an indented `version`. The highest version of a package counts. */
async function parseYarnLock(text: string): Promise<readonly ProjectPackage[]> {
  const { compareVersions } = await import("../resolve/version-order.ts");
  const versions = new Map<string, string>();
  let names: readonly string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (/^[^\s#]/.test(line)) names = line.replace(/:$/, "").split(",").flatMap(descriptorName);
    const version = /^ {2}version:? "?([^"\s]+)"?$/.exec(line)?.[1];
    if (version === undefined || !/^\d/.test(version)) continue;
    for (const name of names) {
      const known = versions.get(name);
      if (known === undefined || compareVersions(known, version) < 0) versions.set(name, version);
    }
  }
  return packagesOf("npm", versions);
}

function descriptorName(descriptor: string): readonly string[] {
  const name = /^"?((?:@[^@/"]+\/)?[^@/"]+)@(?!workspace:)/.exec(descriptor.trim())?.[1];
  return name === undefined ? [] : [name];
}

/** bun.lock is JSON with commas before closing brackets. */
function parseBunLock(text: string): readonly ProjectPackage[] {
  const json = text.replaceAll(/"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])/g, (part) =>
    part === "," ? "" : part,
  );
  const packages = Object.entries(objectOf(objectOf(JSON.parse(json))["packages"]));
  const pairs = packages.flatMap(([name, value]) => {
    const resolved: unknown = Array.isArray(value) ? value[0] : undefined;
    const version = typeof resolved === "string" ? /@(\d[^@]*)$/.exec(resolved)?.[1] : undefined;
    return name.split("/").length > (name.startsWith("@") ? 2 : 1)
      ? []
      : [[name, version] as const];
  });
  return packagesOf("npm", pairs);
}

/** Lowest versions that the ranges allow. */
async function parsePackageJson(text: string): Promise<readonly ProjectPackage[]> {
  const { default: minVersion } = await import("semver/ranges/min-version.js");
  const { default: validRange } = await import("semver/ranges/valid.js");
  const manifest: Json = objectOf(JSON.parse(text));
  const ranges = DEPENDENCY_KEYS.flatMap((key) => Object.entries(objectOf(manifest[key])));
  const pairs = ranges.map(([name, range]) => {
    const valid = typeof range === "string" ? validRange(range) : null;
    return [
      name,
      valid === null || valid === "*" ? undefined : minVersion(valid)?.version,
    ] as const;
  });
  return packagesOf("npm", pairs, false);
}

/** The folder itself, or the nearest of the candidates above it; `.` is the top. */
function nearestFolder(candidates: readonly string[], folder: string): string | null {
  const above = foldersDownTo(folder).reverse();
  const found = above.find((path) => candidates.includes(path === "" ? "." : path));
  return found === undefined ? null : found === "" ? "." : found;
}

/** `a/b` gives "", "a", "a/b". */
function foldersDownTo(folder: string): string[] {
  const parts = folder === "" ? [] : folder.split("/");
  return ["", ...parts.map((_, index) => parts.slice(0, index + 1).join("/"))];
}

const DEPENDENCY_KEYS = ["dependencies", "devDependencies", "optionalDependencies"] as const;
