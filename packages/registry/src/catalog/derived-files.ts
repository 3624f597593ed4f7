import type { ObjectCache } from "../cache/object-cache.ts";
import { isChubError } from "../chub-error.ts";

/** Keeps what is made from Context Hub's registry.json, so that it is made once and not by every process. */
export type DerivedCache = Pick<ObjectCache, "read" | "write" | "readState" | "writeState">;

/** The entries of a registry.json as `catalog.bin`, and those that must not be read. */
export interface DerivedTable {
  readonly bytes: Uint8Array;
  readonly refused: ReadonlyMap<string, string>;
}

/** The table made from a registry.json with this digest, or null. */
export function keptTable(cache: DerivedCache | null, registrySha256: string): DerivedTable | null {
  const { sha256, refused } = stateOf(cache, tableKey(registrySha256));
  const bytes = typeof sha256 === "string" ? (cache?.read(sha256) ?? null) : null;
  if (bytes === null || !Array.isArray(refused)) return null;
  const pairs = refused.filter(
    (pair): pair is [string, string] => Array.isArray(pair) && pair.length === 2,
  );
  return { bytes, refused: new Map(pairs) };
}

export function keepTable(
  cache: DerivedCache | null,
  registrySha256: string,
  { bytes, refused }: DerivedTable,
): void {
  if (cache === null) return;
  cache.writeState(tableKey(registrySha256), { sha256: cache.write(bytes), refused: [...refused] });
}

/** The search index made from a registry.json with this digest; made and kept when there is none. */
export async function keptSearchIndex<T>(
  cache: DerivedCache | null,
  {
    registrySha256,
    make,
    open,
  }: { registrySha256: string; make: () => Promise<Uint8Array>; open: (bytes: Uint8Array) => T },
): Promise<T> {
  const { sha256 } = stateOf(cache, searchKey(registrySha256));
  const kept = typeof sha256 === "string" ? (cache?.read(sha256) ?? null) : null;
  if (kept !== null) {
    try {
      return open(kept);
    } catch (error) {
      // An index that another version of chub made is made again.
      if (!isChubError(error)) throw error;
    }
  }
  const bytes = await make();
  cache?.writeState(searchKey(registrySha256), { sha256: cache.write(bytes) });
  return open(bytes);
}

function stateOf(cache: DerivedCache | null, key: string): Readonly<Record<string, unknown>> {
  const state = cache?.readState(key);
  return typeof state === "object" && state !== null ? (state as Record<string, unknown>) : {};
}

function tableKey(registrySha256: string): string {
  return `table ${DERIVED_VERSION} ${registrySha256}`;
}

function searchKey(registrySha256: string): string {
  return `search ${DERIVED_VERSION} ${registrySha256}`;
}

/** To be raised when the same registry.json gives other files. */
const DERIVED_VERSION = 1;
