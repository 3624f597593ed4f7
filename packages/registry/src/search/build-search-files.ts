import { ARTIFACT_FILES } from "../contract/contract.ts";
import { buildSearchIndex } from "./build-search-index.ts";
import { buildShardedIndex, type Sha256 } from "./build-sharded-index.ts";
import type { SearchDocument } from "./search-types.ts";

/**
 * The files of the search index of a catalog, by their path in the artifact: one index that is read whole, or above
 * `SHARD_ABOVE` entries many small files.
 *
 * `documents` as for `buildSearchIndex`.
 */
export function buildSearchFiles(
  documents: readonly SearchDocument[],
  sha256: Sha256,
): ReadonlyMap<string, Uint8Array> {
  if (documents.length <= SHARD_ABOVE) {
    const { search, sections } = buildSearchIndex(documents);
    return new Map([
      [ARTIFACT_FILES.search, search],
      [ARTIFACT_FILES.sections, sections],
    ]);
  }
  const { search, sections, objects } = buildShardedIndex(documents, sha256);
  return new Map([
    [ARTIFACT_FILES.search, search],
    [ARTIFACT_FILES.sections, sections],
    ...objects,
  ]);
}

/** Entries; an index of so many has about 14 MB, which is read in a few milliseconds from a disk but not from a network. */
const SHARD_ABOVE = 10_000;
