import type { ScoringPlan } from "./plan-scoring.ts";
import { coverageFactor, idCoverageBonus, type IdMatch } from "./score-documents.ts";
import { STRENGTH_STEPS } from "./scoring.ts";
import type { SearchIndex } from "./search-index.ts";
import type { SearchExplanation } from "./search-types.ts";

/** The parts of the score of one document, in the order in which the ranking adds them. */
export function explainScore(
  plan: ScoringPlan,
  index: SearchIndex,
  ordinal: number,
): SearchExplanation {
  const parts: { label: string; value: number }[] = [];
  let covered = 0;
  let inId: IdMatch | null = null;
  for (const { label, hash, value, coverage, least } of plan.terms) {
    const posting = postingOf(index, hash, ordinal);
    if (posting === null) continue;
    parts.push({
      label: `word "${label}"`,
      value: (value * Math.max(posting.strength, least)) / STRENGTH_STEPS,
    });
    covered += coverage;
    if (posting.idTerms === 0) continue;
    const before: IdMatch = inId ?? { value: 0, matched: 0, idTerms: posting.idTerms };
    inId = { ...before, value: before.value + value, matched: before.matched + 1 };
  }
  const { label: name, hash, bonus } = plan.name;
  const named = postingOf(index, hash, ordinal);
  if (named !== null) {
    parts.push({ label: `name "${name}"`, value: (bonus * named.strength) / STRENGTH_STEPS });
  }
  for (const near of plan.near.get(index) ?? []) {
    if (near.ordinal === ordinal)
      parts.push({ label: `name near "${near.label}"`, value: near.bonus });
  }
  if (inId !== null) parts.push({ label: "words in the id", value: idCoverageBonus(inId) });
  return withFactors(parts, [
    [
      "words of the query it lacks",
      coverageFactor(plan.possible === 0 ? 1 : covered / plan.possible),
    ],
    ...plan.factors
      .filter(({ hash }) => postingOf(index, hash, ordinal) !== null)
      .map(({ label, factor }) => [label, factor] as const),
  ]);
}

function withFactors(
  parts: readonly { label: string; value: number }[],
  factors: readonly (readonly [string, number])[],
): SearchExplanation {
  let total = parts.reduce((sum, { value }) => sum + value, 0);
  const all = [...parts];
  for (const [label, factor] of factors) {
    if (factor === 1) continue;
    all.push({ label, value: total * (factor - 1) });
    total *= factor;
  }
  return { total, parts: all };
}

function postingOf(index: SearchIndex, hash: number, wanted: number) {
  let found: { strength: number; idTerms: number } | null = null;
  index.visit(hash, (ordinal, strength, idTerms) => {
    if (ordinal === wanted) found = { strength, idTerms };
  });
  return found as { strength: number; idTerms: number } | null;
}
