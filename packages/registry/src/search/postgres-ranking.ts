import type { ScoringPlan } from "./plan-scoring.ts";
import { RANKING, STRENGTH_STEPS } from "./scoring.ts";
import { wantedTerms } from "./search-filters.ts";
import type { SearchFilters } from "./search-types.ts";
import { termHash } from "./term-hash.ts";

export interface SqlStatement {
  readonly sql: string;
  readonly values: unknown[];
}

/** The SQL condition for entries `e` that pass the filters and hold the required terms. */
export function filterCondition(
  filters: SearchFilters,
  required: readonly string[],
  parameter: (value: unknown) => string,
): string {
  const groups = wantedTerms(filters, { required, tierCap: undefined });
  const conditions = groups.map((terms) => {
    const hashes = parameter(terms.map(termHash));
    return `EXISTS (SELECT 1 FROM chub_posting f WHERE f.entry = e.entry AND f.hash = ANY(${hashes}::bigint[]))`;
  });
  if (filters.source !== undefined) conditions.push(`e.source = ${parameter(filters.source)}`);
  return conditions.length === 0 ? "true" : conditions.join(" AND ");
}

/**
 * The ranking of `score-documents.ts` as one statement: rows of entry, source, ordinal, id, score and total, best first.
 *
 * `limit` null gives all rows. Scores are ordered by nine decimals: the database adds in any order.
 */
export function rankingStatement(
  plan: ScoringPlan,
  by: {
    readonly filters: SearchFilters;
    readonly required: readonly string[];
    readonly limit: number | null;
    readonly offset: number;
  },
): SqlStatement {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const near = [...plan.near.values()].flat();
  const sql = `
    WITH plan AS (
      SELECT * FROM unnest(
        ${parameter(plan.terms.map(({ hash }) => hash))}::bigint[],
        ${parameter(plan.terms.map(({ value }) => value))}::float8[],
        ${parameter(plan.terms.map(({ coverage }) => coverage))}::float8[],
        ${parameter(plan.terms.map(({ least }) => least))}::float8[]
      ) AS t (hash, value, coverage, least)
    ), matched AS (
      SELECT p.entry, sum(t.value * greatest(p.strength, t.least) / ${STRENGTH_STEPS}.0) AS score, sum(t.coverage) AS covered,
        coalesce(sum(t.value) FILTER (WHERE p.id_terms > 0), 0) AS id_value,
        count(*) FILTER (WHERE p.id_terms > 0) AS id_matched, greatest(max(p.id_terms), 1) AS id_terms
      FROM plan t JOIN chub_posting p ON p.hash = t.hash GROUP BY p.entry
    ), named AS (
      SELECT entry, sum(bonus) AS bonus FROM (
        SELECT entry, ${parameter(plan.name.bonus)}::float8 * strength / ${STRENGTH_STEPS}.0 AS bonus
        FROM chub_posting WHERE hash = ${parameter(plan.name.hash)}
        UNION ALL SELECT * FROM unnest(
          ${parameter(near.map(({ ordinal }) => ordinal))}::bigint[],
          ${parameter(near.map(({ bonus }) => bonus))}::float8[]
        )
      ) AS b GROUP BY entry
    ), scored AS (
      SELECT entry, coalesce(score, 0) + coalesce(bonus, 0)
          + coalesce(${RANKING.idCoverage} * id_value * least(1, id_matched::float8 / id_terms), 0) AS score,
        coalesce(covered, 0) AS covered
      FROM matched FULL JOIN named USING (entry)
    ), ranked AS (
      SELECT e.entry, e.source, e.ordinal, e.id,
        s.score * ${coverageFactor(plan, parameter)} ${factors(plan, parameter)} AS score
      FROM scored s JOIN chub_entry e USING (entry) WHERE ${filterCondition(by.filters, by.required, parameter)}
    )
    SELECT *, (SELECT count(*) FROM ranked) AS total FROM ranked
    ORDER BY round(score::numeric, 9) DESC, id, source
    LIMIT ${parameter(by.limit)}::bigint OFFSET ${parameter(by.offset)}::bigint`;
  return { sql, values };
}

function coverageFactor(plan: ScoringPlan, parameter: (value: unknown) => string): string {
  if (plan.possible === 0) return "1";
  const possible = parameter(plan.possible);
  return `(${1 - RANKING.queryCoverage} + ${RANKING.queryCoverage} * s.covered / ${possible}::float8)`;
}

function factors(plan: ScoringPlan, parameter: (value: unknown) => string): string {
  return plan.factors
    .map(({ hash, factor }) => {
      const has = `SELECT 1 FROM chub_posting f WHERE f.entry = e.entry AND f.hash = ${parameter(hash)}`;
      return `* CASE WHEN EXISTS (${has}) THEN ${factor} ELSE 1 END`;
    })
    .join(" ");
}
