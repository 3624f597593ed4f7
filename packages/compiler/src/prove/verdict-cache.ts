import { hash } from "node:crypto";
import { join } from "node:path";
import type { BlockVerification } from "@chub/registry";
import type { CodeDocument, TypesVerdict } from "../6-verify/types/code-document.ts";
import { TYPES_FORMAT } from "../6-verify/types/compiler-options.ts";
import type { PackageEnvironment } from "../6-verify/types/environment.ts";
import { checked, readText, writeWhole } from "./package-store.ts";

/** Verdicts on documents, by everything that they depend on. A damaged one counts as none. */
export interface VerdictCache {
  read(key: string): readonly TypesVerdict[] | null;
  write(key: string, verdicts: readonly TypesVerdict[]): void;
  /** What the syntax of a file's blocks gave, by everything that it depends on. */
  readSyntax(key: string): readonly BlockVerification[] | null;
  writeSyntax(key: string, verification: readonly BlockVerification[]): void;
}

/** The verdicts in a store folder. */
export function openVerdictCache(folder: string): VerdictCache {
  const place = (key: string): string =>
    join(folder, "verdicts", key.slice(0, 2), `${key.slice(2)}.json`);
  const read = (key: string): unknown => {
    const text = readText(place(key));
    return text === null ? null : JSON.parse(text);
  };
  const write = (key: string, value: unknown): void =>
    writeWhole(place(key), checked(JSON.stringify(value)));
  return {
    read: (key) => read(key) as readonly TypesVerdict[] | null,
    write,
    readSyntax: (key) => read(key) as readonly BlockVerification[] | null,
    writeSyntax: write,
  };
}

/** sha256 over the code of a document with its words, every package with its integrity, the tool and the options. */
export function verdictKey(
  { snippets, background }: CodeDocument,
  environment: PackageEnvironment,
  tool: string,
): string {
  const { roots, packages } = environment;
  const parts = [TYPES_FORMAT, tool, roots, packages, snippets, background];
  return hash("sha256", JSON.stringify(parts), "hex");
}

/** sha256 over a file, whose lines the verdicts name, and what checks the syntax. */
export function syntaxKey(fileSha256: string, checkers: string): string {
  return hash("sha256", JSON.stringify(["syntax", checkers, fileSha256]), "hex");
}
