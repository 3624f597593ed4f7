import type { DecodedRegistry } from "../catalog/context-hub-registry.ts";
import { ChubError } from "../chub-error.ts";

/** The value of a registry.json. Errors: ChubError INTEGRITY when it is not JSON in UTF-8. */
export function parseRegistryJson(bytes: Uint8Array, sourceName: string): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (cause) {
    throw new ChubError(
      "INTEGRITY",
      `Unexpected registry.json of source ${sourceName}: it is not JSON in UTF-8`,
      {
        hint: "Nothing of it was kept. Check that the source leads to the files, not to a page.",
        cause,
      },
    );
  }
}

/** Paths of all files that the entries of a registry name, each once. */
export function listedPaths({ entries }: DecodedRegistry): readonly string[] {
  const paths = entries.flatMap(({ variants }) =>
    variants.flatMap(({ path, files }) => files.map((file) => `${path}/${file.path}`)),
  );
  return [...new Set(paths)];
}
