import { builtinModules } from "node:module";

/** The files of a package that a type checker reads, as text by path. */
export function declarationFiles(
  members: ReadonlyMap<string, Uint8Array>,
): ReadonlyMap<string, string> {
  const declared = [...members.keys()].filter((path) => DECLARATION.test(path));
  // A few packages publish their sources as their types.
  const typed = declared.length > 0 ? declared : [...members.keys()].filter(isSource);
  const manifests = [...members.keys()].filter(
    (path) => path === "package.json" || path.endsWith("/package.json"),
  );
  const decoder = new TextDecoder();
  return new Map(
    [...typed, ...manifests].map((path) => [path, decoder.decode(members.get(path)!)]),
  );
}

/** Paths of the code beside the declarations: a module without types is there all the same. Sorted. */
export function codePaths(paths: Iterable<string>): readonly string[] {
  return [...paths].filter((path) => /\.[cm]?js$|\.json$/.test(path)).sort();
}

/** Whether an import of the package finds declarations. Some packages have a few that nothing leads to. */
export function hasTypes(files: ReadonlyMap<string, string>): boolean {
  const manifest = JSON.parse(files.get("package.json") ?? "{}") as Readonly<
    Record<string, unknown>
  >;
  const entries = [
    manifest["types"],
    manifest["typings"],
    ...exportedPaths(manifest["exports"]),
    manifest["main"],
    manifest["module"],
    "index.js",
  ];
  return entries.some((entry) => {
    if (typeof entry !== "string") return false;
    const path = entry.replace(/^\.\//, "").replace(/\/$/, "/index.js");
    return [
      path,
      path.replace(/\.([cm]?)jsx?$/, ".d.$1ts"),
      `${path}.d.ts`,
      `${path}/index.d.ts`,
    ].some((place) => /\.[cm]?tsx?$/.test(place) && files.has(place));
  });
}

/** Paths that an `exports` of package.json leads to: of the package itself, or of its modules when it has no own. */
function exportedPaths(exported: unknown): readonly string[] {
  if (typeof exported !== "object" || exported === null) return textsIn(exported);
  return Object.hasOwn(exported, ".")
    ? textsIn((exported as Readonly<Record<string, unknown>>)["."])
    : textsIn(exported);
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Names of the packages that declarations speak of, sorted: only these can matter to a type. */
export function referencedPackages(files: ReadonlyMap<string, string>): readonly string[] {
  const names = new Set<string>();
  for (const [path, text] of files) {
    if (path.endsWith("package.json")) continue;
    for (const [, from, types] of text.matchAll(REFERENCE)) {
      const name = types === undefined ? packageOf(from!) : types;
      if (name !== null) names.add(name);
    }
  }
  return [...names].sort();
}

/** Package that a module specifier leads to; null for relative paths, built-in modules and private imports. */
export function packageOf(specifier: string): string | null {
  if (/^(?:[./#]|[a-z]+:)/i.test(specifier)) return null;
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? null;
  return name === null || BUILT_IN.has(name) ? null : name;
}

/** The package of DefinitelyTyped for a package without types: `@scope/name` has `@types/scope__name`. */
export function typesPackageOf(name: string): string {
  return `@types/${name.replace(/^@/, "").replace("/", "__")}`;
}

function isSource(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path) && !/(?:^|\/)(?:tests?|__tests__|node_modules)\//.test(path);
}

const DECLARATION = /\.d\.(?:[^./]+\.)?[cm]?ts$/;
const REFERENCE =
  /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+|\brequire\s*\(\s*|\bmodule\s+)["']([^"'\n]+)["']|<reference\s+types\s*=\s*["']([^"'\n]+)["']/g;
const BUILT_IN = new Set(builtinModules.map((name) => name.split("/")[0]!));
