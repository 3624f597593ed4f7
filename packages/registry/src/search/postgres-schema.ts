/**
 * The part of a PostgreSQL client that is used: `pg` and `@electric-sql/pglite` have it.
 *
 * `values` stand for `$1`, `$2`, …; bytes come back as Uint8Array (a Buffer is one).
 */
export interface SqlClient {
  query(
    sql: string,
    values?: unknown[],
  ): Promise<{ readonly rows: readonly Record<string, unknown>[] }>;
}

/**
 * Tables for a catalogue that is written to while it is searched: the postings of the static index, one row each.
 *
 * `hash` is the 32-bit hash of a term. Misspelt names are looked up by their first and last three letters.
 */
export const POSTGRES_SCHEMA: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS chub_entry (
    entry bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source text NOT NULL,
    ordinal integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    sections bytea NOT NULL,
    UNIQUE (source, ordinal),
    UNIQUE (source, id)
  )`,
  `CREATE TABLE IF NOT EXISTS chub_posting (
    hash bigint NOT NULL,
    entry bigint NOT NULL REFERENCES chub_entry ON DELETE CASCADE,
    strength smallint NOT NULL,
    id_terms smallint NOT NULL,
    PRIMARY KEY (hash, entry)
  )`,
  `CREATE INDEX IF NOT EXISTS chub_posting_entry ON chub_posting (entry)`,
  `CREATE TABLE IF NOT EXISTS chub_name (
    entry bigint NOT NULL REFERENCES chub_entry ON DELETE CASCADE,
    name text NOT NULL,
    compact text NOT NULL,
    weight smallint NOT NULL
  )`,
  `CREATE INDEX IF NOT EXISTS chub_name_start ON chub_name (left(compact, 3))`,
  `CREATE INDEX IF NOT EXISTS chub_name_end ON chub_name (right(compact, 3))`,
  `CREATE INDEX IF NOT EXISTS chub_name_entry ON chub_name (entry)`,
  `CREATE TABLE IF NOT EXISTS chub_word (
    entry bigint NOT NULL REFERENCES chub_entry ON DELETE CASCADE,
    word text NOT NULL
  )`,
  `CREATE INDEX IF NOT EXISTS chub_word_start ON chub_word (left(word, 3))`,
  `CREATE INDEX IF NOT EXISTS chub_word_end ON chub_word (right(word, 3))`,
  `CREATE INDEX IF NOT EXISTS chub_word_entry ON chub_word (entry)`,
];
