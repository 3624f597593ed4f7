import type { SqlClient } from "./postgres-schema.ts";
import { STRENGTH_STEPS } from "./scoring.ts";
import type { IndexedName, SearchIndex } from "./search-index.ts";
import type { ShardedView } from "./sharded-index.ts";
import { compactName } from "./tokenize.ts";

/**
 * What planning a query asks of an index, read from the tables when it was missing: see `ShardedView`.
 *
 * Ordinals are the keys of the table of entries. The plan visits no postings; the database adds them up.
 */
export function createPostgresView(client: SqlClient, documents: number): ShardedView {
  const counts = new Map<number, number>();
  const names = new Map<string, readonly IndexedName[]>();
  const words = new Map<string, ReadonlySet<string>>();
  const missing = { counts: new Set<number>(), names: new Set<string>(), words: new Set<string>() };
  const index: SearchIndex = {
    documents,
    documentsWith: (hash) => known(counts, hash, missing.counts) ?? 0,
    names: (near) => known(names, near, missing.names) ?? [],
    nameWords: (near) => known(words, near, missing.words) ?? new Set(),
    visit() {
      throw new Error("Unexpected visit, the postings are in the database");
    },
    id() {
      throw new Error("Unexpected question for an id, the ids are in the database");
    },
  };
  return {
    ...index,
    async load() {
      const wanted = [[...missing.counts], [...missing.names], [...missing.words]] as const;
      for (const set of Object.values(missing)) set.clear();
      for (const [hash, count] of await readCounts(client, wanted[0])) counts.set(hash, count);
      for (const near of wanted[1]) names.set(near, await readNames(client, compactName(near)));
      for (const near of wanted[2]) words.set(near, await readWords(client, near));
      return wanted.some((list) => list.length > 0);
    },
  };
}

function known<K, V>(values: ReadonlyMap<K, V>, key: K, missing: Set<K>): V | undefined {
  const value = values.get(key);
  if (value === undefined) missing.add(key);
  return value;
}

async function readCounts(
  client: SqlClient,
  hashes: readonly number[],
): Promise<Map<number, number>> {
  const counts = new Map(hashes.map((hash) => [hash, 0]));
  if (hashes.length === 0) return counts;
  const { rows } = await client.query(
    "SELECT hash, count(*) AS documents FROM chub_posting WHERE hash = ANY($1::bigint[]) GROUP BY hash",
    [hashes],
  );
  for (const row of rows) counts.set(Number(row["hash"]), Number(row["documents"]));
  return counts;
}

async function readNames(client: SqlClient, compact: string): Promise<IndexedName[]> {
  const { rows } = await client.query(
    `SELECT entry, name, compact, weight FROM chub_name
     WHERE left(compact, 3) = left($1, 3) OR right(compact, 3) = right($1, 3) ORDER BY entry, name`,
    [compact],
  );
  return rows.map((row) => ({
    ordinal: Number(row["entry"]),
    name: String(row["name"]),
    compact: String(row["compact"]),
    weight: Number(row["weight"]) / STRENGTH_STEPS,
  }));
}

async function readWords(client: SqlClient, near: string): Promise<Set<string>> {
  const { rows } = await client.query(
    "SELECT DISTINCT word FROM chub_word WHERE left(word, 3) = left($1, 3) OR right(word, 3) = right($1, 3)",
    [near],
  );
  return new Set(rows.map((row) => String(row["word"])));
}
