import { ChubError } from "../chub-error.ts";
import type { SearchBackend } from "../search/search-types.ts";
import type { EntrySummary } from "./catalog.ts";
import { nameKey } from "./entry-names.ts";
import type { EntryRecord } from "./entry-record.ts";
import type { OpenSource } from "./open-source.ts";
import { capTier, permits, type TrustPolicy } from "./policy.ts";

/** What an open catalog knows; owned by it, so that two catalogs in one process do not know each other. */
export interface CatalogState {
  /** In order of precedence. */
  readonly sources: readonly OpenSource[];
  /** Sources that could not be opened, each with the failure. */
  readonly unavailable: ReadonlyMap<string, ChubError>;
  /** Ids of the artifacts that the remote sources have in this state, by their names. */
  readonly snapshots: ReadonlyMap<string, string>;
  readonly policy: TrustPolicy;
  /** Whether the first of several sources that hold one id wins. */
  readonly shadow: boolean;
  readonly preferredLanguages: readonly string[];
  /** Opened by the first question that needs it. */
  readonly search: () => Promise<SearchBackend>;
}

/** Entry `ordinal` of a source, its tier capped; null when the policy does not let it be read. */
export async function readableRecord(
  state: CatalogState,
  source: OpenSource,
  ordinal: number,
): Promise<EntryRecord | null> {
  const record = capTier(await source.entries.record(ordinal), source.tierCap);
  return permits(state.policy, record) ? record : null;
}

/** The entry as lists show it, with the source in its address when another source holds the same id. */
export async function summarise(
  state: CatalogState,
  source: OpenSource,
  record: EntryRecord,
): Promise<EntrySummary> {
  const { name } = source.source;
  const shared = await isShared(state, source, record.id);
  return { address: shared ? `${name}:${record.id}` : record.id, source: name, record };
}

async function isShared(state: CatalogState, source: OpenSource, id: string): Promise<boolean> {
  for (const other of state.sources) {
    if (other === source) continue;
    for (const { kind, ordinal } of await other.entries.find(nameKey(id))) {
      if (kind === "id" && (await readableRecord(state, other, ordinal)) !== null) return true;
    }
  }
  return false;
}

/**
 * Throws when the answer would be "nothing" although a source that was asked could not be opened:
 * no data is never reported as no results.
 */
export function requireData(state: CatalogState, sourceName: string | undefined): void {
  for (const [name, error] of state.unavailable) {
    if (sourceName === undefined || sourceName === name) throw error;
  }
}

/** The same for entries that were refused: what they would have answered is not known. */
export function requireAllReadable(state: CatalogState, sourceName: string | undefined): void {
  requireData(state, sourceName);
  for (const { source, refused } of state.sources) {
    const [first] = refused;
    if (first !== undefined && (sourceName === undefined || sourceName === source.name))
      throw refusedEntry(source.name, first);
  }
}

/** The failure of an entry that must not be read. */
export function refusedEntry(
  sourceName: string,
  [id, reason]: readonly [string, string],
): ChubError {
  return new ChubError(
    "INTEGRITY",
    `Refused entry ${JSON.stringify(id.slice(0, 200))} of source ${sourceName}: ${reason}`,
    {
      hint: "Nothing of it was read. Tell whoever builds this source.",
    },
  );
}
