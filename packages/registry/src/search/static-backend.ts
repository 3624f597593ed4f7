import type { RandomAccessFile } from "../sources/source.ts";
import { findSections } from "./find-sections.ts";
import { searchIndexes, type NamedIndex } from "./search-indexes.ts";
import type { SearchBackend } from "./search-types.ts";

export interface StaticSource extends NamedIndex {
  /** Opens `index/sections.bin`; null when the source has none. The backend closes it. */
  readonly openSections: () => Promise<RandomAccessFile | null>;
}

/** The default backend: index files of the artifacts, ranked in this process. */
export function createStaticBackend(sources: readonly StaticSource[]): SearchBackend {
  return {
    search: async (query, options) => searchIndexes(sources, query, options),
    async sections(source, request) {
      const file = await sources.find((candidate) => candidate.source === source)?.openSections();
      if (!file) return new Map();
      try {
        return await findSections(file, request);
      } finally {
        await file.close();
      }
    },
  };
}
