import type { ScoringPlan } from "./plan-scoring.ts";
import { RANKING, STRENGTH_STEPS } from "./scoring.ts";
import type { SearchIndex } from "./search-index.ts";

/** Scores of one index by ordinal; above 0 for the documents in `touched`. */
export interface DocumentScores {
  readonly scores: Float64Array;
  /** Ordinals in no particular order, none twice. */
  readonly touched: readonly number[];
}

export function scoreDocuments(plan: ScoringPlan, index: SearchIndex): DocumentScores {
  const scores = new Float64Array(index.documents);
  const covered = new Float64Array(index.documents);
  const inId = new Map<number, IdMatch>();
  const touched: number[] = [];
  const add = (ordinal: number, value: number): void => {
    if (scores[ordinal] === 0) touched.push(ordinal);
    scores[ordinal] = (scores[ordinal] as number) + value;
  };
  for (const { hash, value, coverage, least } of plan.terms) {
    const step = value / STRENGTH_STEPS;
    index.visit(hash, (ordinal, strength, idTerms) => {
      add(ordinal, step * Math.max(strength, least));
      covered[ordinal] = (covered[ordinal] as number) + coverage;
      if (idTerms > 0) addIdMatch(inId, ordinal, { value, idTerms });
    });
  }
  const { hash: name, bonus: nameBonus } = plan.name;
  index.visit(name, (ordinal, weight) => add(ordinal, (nameBonus * weight) / STRENGTH_STEPS));
  for (const { ordinal, bonus } of plan.near.get(index) ?? []) add(ordinal, bonus);
  for (const [ordinal, match] of inId) add(ordinal, idCoverageBonus(match));
  for (const ordinal of touched) {
    const share = plan.possible === 0 ? 1 : (covered[ordinal] as number) / plan.possible;
    scores[ordinal] = (scores[ordinal] as number) * coverageFactor(share);
  }
  for (const { hash, factor } of plan.factors) {
    index.visit(hash, (ordinal) => {
      scores[ordinal] = (scores[ordinal] as number) * factor;
    });
  }
  return { scores, touched };
}

/** What the query has in common with an id. */
export interface IdMatch {
  /** Sum of the values of the terms. */
  value: number;
  /** Terms of the id that the query holds, and all of them. */
  matched: number;
  readonly idTerms: number;
}

export function idCoverageBonus(match: IdMatch): number {
  return RANKING.idCoverage * match.value * Math.min(1, match.matched / match.idTerms);
}

export function coverageFactor(share: number): number {
  return 1 - RANKING.queryCoverage + RANKING.queryCoverage * share;
}

function addIdMatch(
  matches: Map<number, IdMatch>,
  ordinal: number,
  { value, idTerms }: { value: number; idTerms: number },
): void {
  const match = matches.get(ordinal);
  if (match === undefined) matches.set(ordinal, { value, matched: 1, idTerms });
  else {
    match.value += value;
    match.matched += 1;
  }
}
