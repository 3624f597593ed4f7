import { byCodeUnit } from "../contract/code-unit-order.ts";
import { explainScore } from "./explain-score.ts";
import { nearNames } from "./fuzzy-names.ts";
import { parseQuery, type ParsedQuery } from "./parse-query.ts";
import { planScoring } from "./plan-scoring.ts";
import { scoreDocuments } from "./score-documents.ts";
import { acceptance, type Acceptance } from "./search-filters.ts";
import type { NamedIndex } from "./named-index.ts";
import type { RankedAnswer, RankedHit, RankedPlace, SearchOptions } from "./search-types.ts";
import { facetTerm, termHash } from "./term-hash.ts";

/**
 * Ranks the entries of several sources as if they were one.
 *
 * `indexes` in order of precedence. Errors: ChubError INTEGRITY for damaged bytes.
 */
export function searchIndexes(
  indexes: readonly NamedIndex[],
  query: string,
  options: SearchOptions = {},
): RankedAnswer {
  const { limit = DEFAULT_LIMIT, offset = 0, explain = false } = options;
  const parsed = parseQuery(query);
  const plan = planScoring(
    parsed,
    indexes.map(({ index }) => index),
  );
  const accepted = indexes.map((named) => acceptance(named, options, parsed.required));
  const best: Candidate[] = [];
  const wanted = offset + limit;
  let total = 0;
  for (const [position, named] of indexes.entries()) {
    const accepts = accepted[position];
    if (!accepts) continue;
    const { scores, touched } = scoreDocuments(plan, named.index);
    for (const ordinal of touched) {
      if (!accepts(ordinal)) continue;
      total++;
      const score = scores[ordinal] as number;
      // Most documents of a long query are far below the page: no object is made for them.
      if (best.length >= wanted && score < (best.at(-1)?.score ?? Infinity)) continue;
      insert(best, { position, ordinal, score, ...named }, wanted);
    }
  }
  const hits = best.slice(offset).map(({ source, index, ordinal, score }): RankedHit => {
    const hit = { source, ordinal, score };
    return explain ? { ...hit, explanation: explainScore(plan, index, ordinal) } : hit;
  });
  return {
    total,
    hits,
    exact: exactPlaces(indexes, parsed, accepted),
    suggestions: total === 0 ? suggestions(indexes, parsed, accepted) : [],
  };
}

interface Candidate extends NamedIndex {
  /** Of the source. */
  readonly position: number;
  readonly ordinal: number;
  readonly score: number;
}

/** Keeps the best `count` candidates, best first. */
function insert(best: Candidate[], candidate: Candidate, count: number): void {
  const last = best.at(-1);
  if (best.length >= count && (last === undefined || compare(last, candidate) <= 0)) return;
  let low = 0;
  let high = best.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(best[middle] as Candidate, candidate) <= 0) low = middle + 1;
    else high = middle;
  }
  best.splice(low, 0, candidate);
  if (best.length > count) best.pop();
}

function compare(a: Candidate, b: Candidate): number {
  if (a.score !== b.score) return b.score - a.score;
  if (a.position === b.position) return a.ordinal - b.ordinal;
  return byCodeUnit(a.index.id(a.ordinal), b.index.id(b.ordinal)) || a.position - b.position;
}

function exactPlaces(
  indexes: readonly NamedIndex[],
  query: ParsedQuery,
  accepted: readonly (Acceptance | null)[],
): RankedPlace[] {
  if (!query.text.includes("/")) return [];
  const hash = termHash(facetTerm("id", query.text));
  const places: RankedPlace[] = [];
  for (const [position, { source, index }] of indexes.entries()) {
    index.visit(hash, (ordinal) => {
      if (accepted[position]?.(ordinal)) places.push({ source, ordinal });
    });
  }
  return places;
}

/** Ids whose names are nearest to the query, with more edits allowed than the ranking takes. */
function suggestions(
  indexes: readonly NamedIndex[],
  query: ParsedQuery,
  accepted: readonly (Acceptance | null)[],
): readonly string[] {
  const near = indexes.flatMap(({ index }, position) =>
    nearNames(index, query.compact, SUGGESTION_EDITS).flatMap(({ ordinal, similarity, weight }) =>
      accepted[position]?.(ordinal)
        ? [{ id: index.id(ordinal), nearness: similarity * weight }]
        : [],
    ),
  );
  return nearestIds(near);
}

export interface NearId {
  readonly id: string;
  readonly nearness: number;
}

/** The ids that are nearest, each once, nearest first. */
export function nearestIds(near: readonly NearId[]): readonly string[] {
  const best = new Map<string, number>();
  for (const { id, nearness } of near) best.set(id, Math.max(best.get(id) ?? 0, nearness));
  return [...best]
    .sort(([a, first], [b, second]) => second - first || byCodeUnit(a, b))
    .slice(0, MOST_SUGGESTIONS)
    .map(([id]) => id);
}

export const DEFAULT_LIMIT = 20; // hits
/** Edits beyond those that the ranking allows. */
export const SUGGESTION_EDITS = 2;
const MOST_SUGGESTIONS = 5;
