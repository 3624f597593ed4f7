import type { RandomAccessFile } from "../sources/source.ts";
import { findSections } from "./find-sections.ts";
import type { SearchIndex } from "./search-index.ts";
import type { NamedIndex } from "./named-index.ts";
import { searchIndexes } from "./search-indexes.ts";
import type { RankedAnswer, SearchBackend, SearchOptions } from "./search-types.ts";
import type { ShardedIndex, ShardedView } from "./sharded-index.ts";

export interface StaticSource extends Omit<NamedIndex, "index"> {
  readonly index: SearchIndex | ShardedIndex;
  /** Opens `index/sections.bin`; null when the source has none. The backend closes it. */
  readonly openSections: () => Promise<RandomAccessFile | null>;
}

/** The default backend: index files of the artifacts, ranked in this process. */
export function createStaticBackend(sources: readonly StaticSource[]): SearchBackend {
  return {
    search: (query, options) => searchSources(sources, query, options),
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

/** Ranks, reads what the ranking missed, and ranks again until nothing is missing: about three times. */
async function searchSources(
  sources: readonly StaticSource[],
  query: string,
  options?: SearchOptions,
): Promise<RankedAnswer> {
  const views = sources.map(({ index }) => ("view" in index ? index.view() : wholeView(index)));
  const indexes = sources.map(({ source, tierCap }, i): NamedIndex => ({
    source,
    index: views[i] as SearchIndex,
    ...(tierCap === undefined ? {} : { tierCap }),
  }));
  for (;;) {
    const answer = searchIndexes(indexes, query, options);
    const loaded = await Promise.all(views.map((view) => view.load()));
    if (!loaded.includes(true)) return answer;
  }
}

/** An index that is there as a whole: nothing is ever missing. */
function wholeView(index: SearchIndex): ShardedView {
  return { ...index, load: async () => false };
}
