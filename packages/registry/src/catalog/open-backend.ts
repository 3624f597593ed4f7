import { ChubError } from "../chub-error.ts";
import { ARTIFACT_FILES } from "../contract/contract.ts";
import type { SearchBackend, SearchDocument } from "../search/search-types.ts";
import { isShardedIndex } from "../search/shard-layout.ts";
import type { ShardedIndex } from "../search/sharded-index.ts";
import { openSearchIndex } from "../search/search-index.ts";
import { createStaticBackend, type StaticSource } from "../search/static-backend.ts";
import { sha256Of } from "../sources/read-verified.ts";
import type { Source } from "../sources/source.ts";
import { keptSearchIndex, type DerivedCache } from "./derived-files.ts";
import type { EntryRecord } from "./entry-record.ts";
import type { OpenSource } from "./open-source.ts";

/** The search over some sources. Errors: ChubError INTEGRITY, FORMAT_TOO_NEW, and those of the sources. */
export async function openBackend(
  sources: readonly OpenSource[],
  cache: DerivedCache | null,
): Promise<SearchBackend> {
  const opened = await Promise.all(
    sources.map(async (open) => ({
      source: open.source.name,
      index: await searchIndex(open, cache),
      tierCap: open.tierCap,
      openSections: () => open.source.open(ARTIFACT_FILES.sections),
    })),
  );
  return createStaticBackend(opened);
}

async function searchIndex(
  open: OpenSource,
  cache: DerivedCache | null,
): Promise<StaticSource["index"]> {
  if (open.layout === "context-hub") {
    const { registrySha256 = "" } = open;
    const make = (): Promise<Uint8Array> => indexOfRecords(open);
    return keptSearchIndex(cache, { registrySha256, make, open: openSearchIndex });
  }
  const bytes = await open.source.read(ARTIFACT_FILES.search);
  if (bytes !== null) {
    const index = isShardedIndex(bytes)
      ? await shardedIndex(bytes, open.source)
      : openSearchIndex(bytes);
    // Hits are positions in the catalog, so that an index of other entries would answer with wrong ones.
    if (index.documents === open.entries.size) return index;
  }
  throw new ChubError(
    "INTEGRITY",
    `Source ${open.source.name} has no search index that belongs to its entries`,
    {
      hint: "Build the source again, or run `chub update`.",
    },
  );
}

async function shardedIndex(root: Uint8Array, source: Source): Promise<ShardedIndex> {
  const { openShardedIndex } = await import("../search/sharded-index.ts");
  return openShardedIndex(root, { read: (path) => source.read(path), sha256: sha256Of });
}

/** Context Hub's own index has other words and no sections; the records are few enough to be indexed here. */
async function indexOfRecords({ entries }: OpenSource): Promise<Uint8Array> {
  const { buildSearchIndex } = await import("../search/build-search-index.ts");
  return buildSearchIndex((await entries.records(0, entries.size)).map(searchDocument)).search;
}

function searchDocument(record: EntryRecord): SearchDocument {
  const languages = record.variants.flatMap(({ language }) =>
    language === null ? [] : [language],
  );
  return {
    id: record.id,
    type: record.type,
    name: record.name,
    description: record.description,
    tier: record.tier,
    tags: record.tags,
    aliases: record.aliases,
    languages: [...new Set(languages)].sort(),
    packages: [],
    files: [],
  };
}
