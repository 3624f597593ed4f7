import { documentTerms } from "./document-terms.ts";
import { documentWords } from "./document-words.ts";
import { encodeSectionRecord } from "./encode-sections.ts";
import { wordsOf } from "./entry-names.ts";
import { PRUNABLE, FACET } from "./posting-columns.ts";
import { visitPostings } from "./posting-table.ts";
import type { SqlClient } from "./postgres-schema.ts";
import { STRENGTH_STEPS } from "./scoring.ts";
import type { SearchDocument } from "./search-types.ts";
import { createTermMemory } from "./term-memory.ts";
import { compactName } from "./tokenize.ts";

/** Where a document belongs. */
export interface PostgresPlace {
  readonly source: string;
  /** The number under which the caller finds the entry's record. */
  readonly ordinal: number;
}

/**
 * Writes or replaces one document. Call it within a transaction: readers then see the old or the new one.
 *
 * Errors: those of the client.
 */
export async function putDocument(
  client: SqlClient,
  place: PostgresPlace,
  document: SearchDocument,
): Promise<void> {
  const memory = createTermMemory();
  const words = documentWords(document, memory.pool);
  const terms = documentTerms(document, words, memory);
  await deleteDocument(client, place);
  const { rows } = await client.query(
    "INSERT INTO chub_entry (source, ordinal, id, sections) VALUES ($1, $2, $3, $4) RETURNING entry",
    [place.source, place.ordinal, document.id, encodeSectionRecord(document, words, memory)],
  );
  const entry = rows[0]?.["entry"];
  const postings = { hashes: [] as number[], strengths: [] as number[], idTerms: [] as number[] };
  visitPostings(terms, (hash, strength, flags) => {
    postings.hashes.push(hash);
    postings.strengths.push(strength);
    postings.idTerms.push(flags & ~(PRUNABLE | FACET));
  });
  await client.query(
    `INSERT INTO chub_posting (entry, hash, strength, id_terms)
     SELECT $1, * FROM unnest($2::bigint[], $3::smallint[], $4::smallint[]) ON CONFLICT DO NOTHING`,
    [entry, postings.hashes, postings.strengths, postings.idTerms],
  );
  await client.query(
    `INSERT INTO chub_name (entry, name, compact, weight)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::smallint[])`,
    [
      entry,
      terms.names.map(({ name }) => name),
      terms.names.map(({ name }) => compactName(name)),
      terms.names.map(({ weight }) => Math.round(weight * STRENGTH_STEPS)),
    ],
  );
  const nameWords = [...new Set(terms.names.flatMap(({ name }) => wordsOf(name)))];
  await client.query("INSERT INTO chub_word (entry, word) SELECT $1, * FROM unnest($2::text[])", [
    entry,
    nameWords,
  ]);
}

/** Removes a document, if it is there. */
export async function deleteDocument(client: SqlClient, place: PostgresPlace): Promise<void> {
  await client.query("DELETE FROM chub_entry WHERE source = $1 AND ordinal = $2", [
    place.source,
    place.ordinal,
  ]);
}
