import { hash } from "node:crypto";
import { join } from "node:path";
import type { CodeDocument, TypesVerdict } from "../6-verify/types/code-document.ts";
import { TYPES_FORMAT } from "../6-verify/types/compiler-options.ts";
import type { PackageEnvironment } from "../6-verify/types/environment.ts";
import { checked, readText, writeWhole } from "./package-store.ts";

/** Verdicts on documents, by everything that they depend on. A damaged one counts as none. */
export interface VerdictCache {
  read(key: string): readonly TypesVerdict[] | null;
  write(key: string, verdicts: readonly TypesVerdict[]): void;
}

/** The verdicts in a store folder. */
export function openVerdictCache(folder: string): VerdictCache {
  const place = (key: string): string =>
    join(folder, "verdicts", key.slice(0, 2), `${key.slice(2)}.json`);
  return {
    read(key) {
      const text = readText(place(key));
      return text === null ? null : (JSON.parse(text) as readonly TypesVerdict[]);
    },
    write: (key, verdicts) => writeWhole(place(key), checked(JSON.stringify(verdicts))),
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
