import type ts from "typescript";
import type { PackageEnvironment } from "./environment.ts";
import type { TypeScript } from "./typescript-api.ts";
import { type PackageFiles, virtualFiles, type VirtualFiles } from "./virtual-files.ts";

/** Where a program finds text, and where parsed files wait for the next program. */
export interface HostFiles {
  readonly api: TypeScript;
  readonly environment: PackageEnvironment;
  readonly packageFiles: PackageFiles;
  /** Text of a file of the language's own library, e.g. `lib.es5.d.ts`; null when there is none. */
  readonly libFile: (name: string) => string | null;
  /** Parsed files of packages and of the library, by path. */
  readonly parsed: Map<string, ts.SourceFile>;
}

/** A host over texts and packages that are nowhere on disk. */
export function programHost(
  texts: ReadonlyMap<string, string>,
  { api, environment, packageFiles, libFile, parsed }: HostFiles,
): { host: ts.CompilerHost; files: VirtualFiles; globals: readonly string[] } {
  const files = virtualFiles(environment, packageFiles);
  const read = (path: string): string | undefined =>
    texts.get(path) ??
    (path.startsWith("/lib/") ? libFile(path.slice(5)) : files.read(path)) ??
    undefined;
  const folders = new Set([...texts.keys()].flatMap(foldersAbove));
  const host: ts.CompilerHost = {
    fileExists: (path) => texts.has(path) || files.exists(path) || isLib(path, libFile),
    readFile: read,
    directoryExists: (path) => path === "/" || folders.has(path) || files.folderExists(path),
    getDirectories: (path) => [...files.folders(path)],
    realpath: files.realPath,
    getSourceFile(path, options) {
      const known = parsed.get(path);
      if (known !== undefined) return known;
      const text = read(path);
      if (text === undefined) return undefined;
      const file = api.createSourceFile(path, text, options, texts.has(path));
      if (!texts.has(path)) parsed.set(path, file);
      return file;
    },
    getDefaultLibFileName: (options) => `/lib/${api.getDefaultLibFileName(options)}`,
    getDefaultLibLocation: () => "/lib",
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    writeFile: () => {},
  };
  return { host, files, globals: globalPackages({ api, environment, packageFiles }) };
}

function foldersAbove(path: string): readonly string[] {
  const parts = path.split("/").slice(1, -1);
  return parts.map((_, i) => `/${parts.slice(0, i + 1).join("/")}`);
}

function isLib(path: string, libFile: HostFiles["libFile"]): boolean {
  return path.startsWith("/lib/") && libFile(path.slice(5)) !== null;
}

/** Packages whose declarations are of a run time and not of a module: code uses them without an import. */
function globalPackages({
  api,
  environment,
  packageFiles,
}: Pick<HostFiles, "api" | "environment" | "packageFiles">): readonly string[] {
  return environment.roots.flatMap(({ name, types }) => {
    if (name === "@types/node") return [];
    const files = packageFiles(types);
    const text = files.get(entryOf(files));
    if (text === undefined) return [];
    const file = api.createSourceFile("entry.d.ts", text, api.ScriptTarget.ESNext);
    const isGlobal = (statement: ts.Statement): boolean =>
      api.isInterfaceDeclaration(statement) ||
      api.isClassDeclaration(statement) ||
      api.isVariableStatement(statement);
    return !api.isExternalModule(file) && file.statements.some(isGlobal) ? [name] : [];
  });
}

function entryOf(files: ReadonlyMap<string, string>): string {
  const manifest = JSON.parse(files.get("package.json") ?? "{}") as Record<string, unknown>;
  const named = manifest["types"] ?? manifest["typings"];
  const path = typeof named === "string" ? named.replace(/^\.\//, "") : "index.d.ts";
  return /\.d\.[cm]?ts$/.test(path) ? path : `${path.replace(/\/$/, "")}/index.d.ts`;
}
