import { explainScore } from "./explain-score.ts";
import { bestSections } from "./find-sections.ts";
import { nearNames } from "./fuzzy-names.ts";
import { parseQuery, type ParsedQuery } from "./parse-query.ts";
import { planScoring, type ScoringPlan } from "./plan-scoring.ts";
import { filterCondition, rankingStatement } from "./postgres-ranking.ts";
import type { SqlClient } from "./postgres-schema.ts";
import { createPostgresView } from "./postgres-view.ts";
import { sectionQuery } from "./score-sections.ts";
import type { SearchIndex } from "./search-index.ts";
import { DEFAULT_LIMIT, nearestIds, SUGGESTION_EDITS, type NearId } from "./search-indexes.ts";
import type {
  FoundSection,
  RankedAnswer,
  RankedHit,
  RankedPlace,
  SearchBackend,
  SearchExplanation,
  SearchOptions,
  SectionRequest,
} from "./search-types.ts";
import type { ShardedView } from "./sharded-index.ts";

/**
 * A backend over the tables of `POSTGRES_SCHEMA`: the ranking of the static index, added up by the database.
 *
 * For catalogues that are written to while they are searched. The tier of an entry is the one it was written with.
 * Errors: those of the client; ChubError INTEGRITY for damaged section records.
 */
export function createPostgresBackend(client: SqlClient): SearchBackend {
  return {
    search: (query, options = {}) => search(client, query, options),
    sections: (source, request) => sections(client, source, request),
  };
}

async function search(
  client: SqlClient,
  query: string,
  options: SearchOptions,
): Promise<RankedAnswer> {
  const parsed = parseQuery(query);
  const { plan, view } = await planQuery(client, parsed);
  const { rows, total } = await rank(client, { plan, parsed, options });
  const hits = rows.map(({ source, ordinal, score, entry }) => ({ source, ordinal, score, entry }));
  return {
    total,
    hits: await Promise.all(
      hits.map(async ({ entry, ...hit }): Promise<RankedHit> => {
        if (!options.explain) return hit;
        return { ...hit, explanation: await explain(client, { plan, view }, entry) };
      }),
    ),
    exact: await exactPlaces(client, parsed, options),
    suggestions: total === 0 ? await suggestions(client, { parsed, view, options }) : [],
  };
}

interface PlannedQuery {
  readonly plan: ScoringPlan;
  /** What the plan was made with. */
  readonly view: ShardedView;
}

/** Plans until nothing that the plan asks for is missing. */
async function planQuery(client: SqlClient, parsed: ParsedQuery): Promise<PlannedQuery> {
  const { rows } = await client.query("SELECT count(*) AS documents FROM chub_entry");
  const view = createPostgresView(client, Number(rows[0]?.["documents"] ?? 0));
  for (;;) {
    const plan = planScoring(parsed, [view]);
    if (!(await view.load())) return { plan, view };
  }
}

interface RankedRow extends RankedPlace {
  readonly entry: number;
  readonly id: string;
  readonly score: number;
}

interface Ranking {
  readonly plan: ScoringPlan;
  readonly parsed: ParsedQuery;
  readonly options: SearchOptions;
}

/** One page of the ranking and the number of all rows. A policy is a function: then all rows are read and counted here. */
async function rank(client: SqlClient, { plan, parsed, options }: Ranking) {
  const { limit = DEFAULT_LIMIT, offset = 0, filters = {}, accepts } = options;
  const read = async (page: { limit: number | null; offset: number }) => {
    const { sql, values } = rankingStatement(plan, { filters, required: parsed.required, ...page });
    return (await client.query(sql, values)).rows;
  };
  if (accepts !== undefined) {
    const all = (await read({ limit: null, offset: 0 })).map(toRankedRow);
    const accepted = all.filter(({ source, id }) => accepts(source, id));
    return { rows: accepted.slice(offset, offset + limit), total: accepted.length };
  }
  const rows = await read({ limit, offset });
  // The total stands in every row; a page after the last one has none.
  const [first] = rows.length > 0 ? rows : await read({ limit: 1, offset: 0 });
  return { rows: rows.map(toRankedRow), total: Number(first?.["total"] ?? 0) };
}

function toRankedRow(row: Readonly<Record<string, unknown>>): RankedRow {
  return {
    entry: Number(row["entry"]),
    source: String(row["source"]),
    ordinal: Number(row["ordinal"]),
    id: String(row["id"]),
    score: Number(row["score"]),
  };
}

/** The parts of the score of one entry, from those of its postings that the plan asks for. */
async function explain(
  client: SqlClient,
  { plan, view }: PlannedQuery,
  entry: number,
): Promise<SearchExplanation> {
  const hashes = [...plan.terms, plan.name, ...plan.factors].map(({ hash }) => hash);
  const { rows } = await client.query(
    "SELECT hash, strength, id_terms FROM chub_posting WHERE entry = $1 AND hash = ANY($2::bigint[])",
    [entry, hashes],
  );
  const index: SearchIndex = {
    ...view,
    visit(hash, visitor) {
      const row = rows.find((candidate) => Number(candidate["hash"]) === hash);
      if (row !== undefined) visitor(entry, Number(row["strength"]), Number(row["id_terms"]));
    },
  };
  const near = new Map([[index, plan.near.get(view) ?? []]]);
  return explainScore({ ...plan, near }, index, entry);
}

async function exactPlaces(
  client: SqlClient,
  parsed: ParsedQuery,
  options: SearchOptions,
): Promise<RankedPlace[]> {
  if (!parsed.text.includes("/")) return [];
  const rows = await entriesThat(client, options, {
    condition: (parameter) => `lower(e.id) = ${parameter(parsed.text)}`,
    required: parsed.required,
  });
  return rows.map(({ source, ordinal }) => ({ source, ordinal }));
}

async function suggestions(
  client: SqlClient,
  { parsed, view, options }: { parsed: ParsedQuery; view: ShardedView; options: SearchOptions },
): Promise<readonly string[]> {
  let near = nearNames(view, parsed.compact, SUGGESTION_EDITS);
  if (await view.load()) near = nearNames(view, parsed.compact, SUGGESTION_EDITS);
  const rows = await entriesThat(client, options, {
    condition: (parameter) =>
      `e.entry = ANY(${parameter(near.map(({ ordinal }) => ordinal))}::bigint[])`,
    required: parsed.required,
  });
  const ids = new Map(rows.map(({ entry, id }) => [entry, id]));
  return nearestIds(
    near.flatMap(({ ordinal, similarity, weight }): NearId[] => {
      const id = ids.get(ordinal);
      return id === undefined ? [] : [{ id, nearness: similarity * weight }];
    }),
  );
}

/** Entries that pass the filters and a condition, by source and ordinal. */
async function entriesThat(
  client: SqlClient,
  { filters = {}, accepts = () => true }: SearchOptions,
  by: { condition: (parameter: (value: unknown) => string) => string; required: readonly string[] },
): Promise<RankedRow[]> {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [by.condition(parameter), filterCondition(filters, by.required, parameter)];
  const { rows } = await client.query(
    `SELECT e.entry, e.source, e.ordinal, e.id FROM chub_entry e
     WHERE ${conditions.join(" AND ")} ORDER BY e.source, e.ordinal`,
    values,
  );
  return rows.map(toRankedRow).filter(({ source, id }) => accepts(source, id));
}

async function sections(
  client: SqlClient,
  source: string,
  request: SectionRequest,
): Promise<Map<number, readonly FoundSection[]>> {
  const { rows } = await client.query(
    "SELECT ordinal, sections FROM chub_entry WHERE source = $1 AND ordinal = ANY($2::integer[])",
    [source, request.ordinals],
  );
  const hashes = sectionQuery(request.query);
  return new Map(
    rows.map((row) => {
      const ordinal = Number(row["ordinal"]);
      return [
        ordinal,
        bestSections(row["sections"] as Uint8Array, hashes, { ...request, ordinal }),
      ];
    }),
  );
}
