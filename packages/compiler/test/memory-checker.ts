import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { checkDocuments } from "../src/6-verify/types/check-documents.ts";
import type { Snippet, TypesVerdict } from "../src/6-verify/types/code-document.ts";

/** Declarations by `name@version`, each the whole of its package. */
export type MemoryPackages = Readonly<Record<string, string>>;

/** A block with the usual settings. */
export function snippet(
  index: number,
  code: string,
  settings: Partial<Omit<Snippet, "index" | "code">> = {},
): Snippet {
  return { index, code, dialect: "ts", prefix: "", suffix: "", carry: "declarations", ...settings };
}

/** What the real TypeScript says of documents about packages that exist in memory only. */
export function checkInMemory(
  documents: readonly (readonly Snippet[])[],
  packages: MemoryPackages,
  background: readonly Snippet[] = [],
): readonly (readonly TypesVerdict[])[] {
  const all: MemoryPackages = { "@types/node@24.19.2": NODE, ...packages };
  const named = Object.keys(all).map((id) => {
    const at = id.lastIndexOf("@");
    return { id, name: id.slice(0, at), version: id.slice(at + 1) };
  });
  const library = dirname(ts.getDefaultLibFilePath({}));
  return checkDocuments(
    documents.map((snippets, i) => ({ path: `acme/docs/d${i}/DOC.md`, snippets, background })),
    {
      api: ts,
      environment: {
        roots: named.map(({ id, name, version }) => ({ name, version, types: id })),
        packages: Object.fromEntries(
          named.map(({ id, name, version }) => [
            id,
            { name, version, integrity: "sha512-none", dependencies: {} },
          ]),
        ),
        missing: [],
      },
      packageFiles: (id) =>
        new Map([
          ["package.json", '{"types": "index.d.ts"}'],
          ["index.d.ts", all[id]!],
        ]),
      libFile: (name) => readFileSync(join(library, name), "utf8"),
      parsed: parsedLibrary(),
    },
  );
}

/** The library is the same for every check, and parsing it is most of the work. */
function parsedLibrary(): Map<string, ts.SourceFile> {
  for (const path of LIBRARY.keys()) if (!path.startsWith("/lib/")) LIBRARY.delete(path);
  return LIBRARY;
}

const LIBRARY = new Map<string, ts.SourceFile>();

const NODE = `declare var process: { env: Record<string, string | undefined> };
declare var require: (id: string) => any;
declare module "node:fs" { export function readFileSync(path: string): string; }
`;
