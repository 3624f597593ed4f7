import type { SearchBackend } from "../search/search-types.ts";
import type { DerivedCache } from "./derived-files.ts";
import type { OpenSource } from "./open-source.ts";

/** The search over some sources; it is loaded and opened once, by the first question. */
export function searchOf(
  sources: readonly OpenSource[],
  cache: DerivedCache | null,
): () => Promise<SearchBackend> {
  let backend: Promise<SearchBackend> | undefined;
  return () => {
    backend ??= open(sources, cache).catch((error: unknown) => {
      // The next question tries again: a host may be back by then.
      backend = undefined;
      throw error;
    });
    return backend;
  };
}

async function open(
  sources: readonly OpenSource[],
  cache: DerivedCache | null,
): Promise<SearchBackend> {
  const { openBackend } = await import("./searching.ts");
  return openBackend(sources, cache);
}
