import { objectOf, packagesOf, type ProjectFile, type ProjectPackage } from "./project-package.ts";

/** Lockfiles and manifests of uv, poetry, pipenv, pip and pyproject.toml. */
export const PYTHON_FILES: readonly ProjectFile[] = [
  { name: "uv.lock", group: "python-lock", parse: (text) => parseLockedPackages("pypi", text) },
  { name: "poetry.lock", group: "python-lock", parse: (text) => parseLockedPackages("pypi", text) },
  { name: "Pipfile.lock", group: "python-lock", parse: parsePipfileLock },
  { name: "requirements.txt", group: "python-requirements", parse: parseRequirements },
  { name: "pyproject.toml", group: "python-manifest", parse: parsePyproject },
];

/** `[[package]]` tables with name and version: uv, poetry and Cargo write them alike. The highest version of a name counts. */
export async function parseLockedPackages(
  type: string,
  text: string,
): Promise<readonly ProjectPackage[]> {
  const { parse } = await import("smol-toml");
  const { compareVersions } = await import("../resolve/version-order.ts");
  const tables: unknown = parse(text)["package"];
  const versions = new Map<string, string>();
  for (const table of Array.isArray(tables) ? tables : []) {
    const { name, version } = objectOf(table);
    if (typeof name !== "string" || typeof version !== "string") continue;
    const known = versions.get(name);
    if (known === undefined || compareVersions(known, version) < 0) versions.set(name, version);
  }
  return packagesOf(type, versions);
}

function parsePipfileLock(text: string): readonly ProjectPackage[] {
  const lock = objectOf(JSON.parse(text));
  const pairs = ["develop", "default"].flatMap((key) =>
    Object.entries(objectOf(lock[key])).map(([name, value]) => {
      const pinned = objectOf(value)["version"];
      return [name, typeof pinned === "string" ? pinned.replace(/^==/, "") : undefined] as const;
    }),
  );
  return packagesOf("pypi", pairs);
}

function parseRequirements(text: string): readonly ProjectPackage[] {
  return text.split(/\r?\n/).flatMap(requirement);
}

/** `name[extra] == 1.2 ; marker`: pinned versions are exact, of the others the lower bound counts. Source: PEP 508. */
function requirement(line: string): readonly ProjectPackage[] {
  const match = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*\(?\s*([^;#)]*)/.exec(line);
  if (match === null) return [];
  const [, name = "", specifiers = ""] = match;
  const pinned = /===?\s*([0-9][A-Za-z0-9.!+_-]*)(?!\S*\*)/.exec(specifiers)?.[1];
  if (pinned !== undefined) return packagesOf("pypi", [[name, pinned]]);
  return packagesOf("pypi", [[name, lowerBound(specifiers)]], false);
}

async function parsePyproject(text: string): Promise<readonly ProjectPackage[]> {
  const { parse } = await import("smol-toml");
  const manifest = objectOf(parse(text));
  const listed = objectOf(manifest["project"])["dependencies"];
  const groups = [listed, ...Object.values(objectOf(manifest["dependency-groups"]))];
  const requirements = groups.flatMap((group): unknown[] => (Array.isArray(group) ? group : []));
  const poetry = Object.entries(
    objectOf(objectOf(objectOf(manifest["tool"])["poetry"])["dependencies"]),
  );
  const pairs = poetry.map(([name, value]) => {
    const range = typeof value === "string" ? value : objectOf(value)["version"];
    return [name, typeof range === "string" ? lowerBound(range) : undefined] as const;
  });
  return [
    ...packagesOf(
      "pypi",
      pairs.filter(([name]) => name !== "python"),
      false,
    ),
    ...requirements.flatMap((line) => (typeof line === "string" ? requirement(line) : [])),
  ];
}

function lowerBound(specifiers: string): string | undefined {
  return /(?:^|,|\s)(?:>=|~=|==|\^|~|=)?\s*([0-9][A-Za-z0-9.!+_]*)/.exec(specifiers)?.[1];
}
