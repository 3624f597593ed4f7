import type { Catalog } from "@chub/registry";

/** Ids of the entries of a catalog, sorted; of a very large one the first `MAX_IDS`. */
export type KnownIds = (catalog: Catalog) => Promise<readonly string[]>;

/** Reads the ids of a catalog once, because completion asks at every key. */
export function rememberIds(): KnownIds {
  const remembered = new WeakMap<Catalog, Promise<readonly string[]>>();
  return (catalog) => {
    const known = remembered.get(catalog);
    if (known !== undefined) return known;
    const reading = readIds(catalog);
    remembered.set(catalog, reading);
    // A failure is not remembered: the next key asks again.
    reading.catch(() => remembered.delete(catalog));
    return reading;
  };
}

async function readIds(catalog: Catalog): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let offset = 0; offset < MAX_IDS; offset += ROWS_A_QUESTION) {
    const { entries, total } = await catalog.list({ offset, limit: ROWS_A_QUESTION });
    for (const { record } of entries) ids.push(record.id);
    if (offset + entries.length >= total) break;
  }
  return [...new Set(ids)];
}

const MAX_IDS = 20_000;
const ROWS_A_QUESTION = 1000;
