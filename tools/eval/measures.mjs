// Measures of ranked answers against judgements. Pure.

/**
 * @typedef {{ query: string, lang?: string, relevant: { id: string, grade: number }[], heading?: string, kind: string }} JudgedQuery
 * @typedef {{ query: JudgedQuery, ids: string[], sections: string[][] | null }} Answered ids best first; headings of the
 *   returned sections of each relevant entry, null when the query names none
 * @typedef {{ queries: number, ndcg: number, mrr: number, recall: number, first: number, sections: number | null }} Quality
 */

/**
 * Mean quality of some answers: nDCG@10 (gain 2^grade - 1), and for grades 2 and 3 MRR@10, recall@10 (of at most 10)
 * and first place; the share of queries with a heading for which it is among the sections of a right entry.
 * @param {Answered[]} answers
 * @returns {Quality}
 */
export function quality(answers) {
  const located = answers.filter(({ sections }) => sections !== null);
  return {
    queries: answers.length,
    ndcg: mean(answers.map(ndcg)),
    mrr: mean(answers.map(reciprocalRank)),
    recall: mean(answers.map(recall)),
    first: mean(answers.map(({ query, ids }) => (right(query).has(ids[0]) ? 1 : 0))),
    sections: located.length === 0 ? null : mean(located.map(sectionHit)),
  };
}

/** Quality by kind, sorted by kind, then of all. */
export function qualityByKind(answers) {
  const kinds = [...new Set(answers.map(({ query }) => query.kind))].sort((a, b) =>
    a < b ? -1 : 1,
  );
  const rows = kinds.map((kind) => [
    kind,
    quality(answers.filter(({ query }) => query.kind === kind)),
  ]);
  return [...rows, ["all", quality(answers)]];
}

/** Entries a person would be content with. */
export function right(query) {
  return new Set(query.relevant.filter(({ grade }) => grade >= 2).map(({ id }) => id));
}

function ndcg({ query, ids }) {
  const grades = new Map(query.relevant.map(({ id, grade }) => [id, grade]));
  const ideal = gain([...grades.values()].sort((a, b) => b - a).slice(0, DEPTH));
  return ideal === 0 ? 0 : gain(ids.slice(0, DEPTH).map((id) => grades.get(id) ?? 0)) / ideal;
}

function gain(grades) {
  return grades.reduce((sum, grade, rank) => sum + (2 ** grade - 1) / Math.log2(rank + 2), 0);
}

function reciprocalRank({ query, ids }) {
  const rank = ids.slice(0, DEPTH).findIndex((id) => right(query).has(id));
  return rank < 0 ? 0 : 1 / (rank + 1);
}

function recall({ query, ids }) {
  const wanted = right(query);
  const found = ids.slice(0, DEPTH).filter((id) => wanted.has(id)).length;
  return wanted.size === 0 ? 0 : found / Math.min(DEPTH, wanted.size);
}

function sectionHit({ query, sections }) {
  return sections.some((headings) =>
    headings.some((heading) => plain(heading) === plain(query.heading)),
  )
    ? 1
    : 0;
}

/** Letters and digits only: judgements write headings with and without Markdown marks. */
function plain(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

const DEPTH = 10;
