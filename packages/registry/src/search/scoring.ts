/**
 * The numbers of the ranking, in one place.
 *
 * Source: BM25F (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009). Weights were chosen with
 * judged queries and are checked by `pnpm eval`. Average lengths are constants and not measured in each build:
 * a document then has the same strengths in every index, so that indexes merge without a difference.
 */
export interface FieldScoring {
  /** What an occurrence counts inside the saturation. */
  readonly weight: number;
  /** b. 0 ignores the length of the field, 1 divides by it. */
  readonly lengthWeight: number;
  /** Terms in a usual field. */
  readonly usualLength: number;
}

export type FieldName =
  | "id"
  | "package"
  | "alias"
  | "title"
  | "tags"
  | "description"
  | "headings"
  | "code"
  | "text";

export const FIELDS: Readonly<Record<FieldName, FieldScoring>> = {
  id: { weight: 9, lengthWeight: 0.3, usualLength: 3 },
  package: { weight: 4, lengthWeight: 0.3, usualLength: 9 },
  alias: { weight: 4, lengthWeight: 0.3, usualLength: 4 },
  title: { weight: 3, lengthWeight: 0.4, usualLength: 7 },
  tags: { weight: 4.5, lengthWeight: 0.4, usualLength: 8 },
  description: { weight: 2, lengthWeight: 0.5, usualLength: 16 },
  headings: { weight: 2, lengthWeight: 0.9, usualLength: 65 },
  code: { weight: 0.3, lengthWeight: 0.7, usualLength: 760 },
  text: { weight: 0.65, lengthWeight: 0.7, usualLength: 540 },
};

/** k1. Higher: repeats add for longer. 1.2 to 2 is usual. */
const SATURATION = 1.5;

/** Strength of a term in a document from its weighted, length-normalised count: 0 to 2.5, without rarity. */
export function saturated(weightedCount: number): number {
  return (weightedCount * (SATURATION + 1)) / (weightedCount + SATURATION);
}

/** Rarity of a term (idf). "+ 1" in the logarithm keeps common terms above 0. */
export function rarity(documents: number, documentsWithTerm: number): number {
  return Math.log(1 + (documents - documentsWithTerm + 0.5) / (documentsWithTerm + 0.5));
}

/** Factor for entries that are what their namespace is about; part of the stored strengths. */
export const MAIN_ENTRY_FACTOR = 1.08;

/** Steps of 1 in which strengths are stored: the largest, 2.5 in a main entry, gives 243 and fits a byte. */
export const STRENGTH_STEPS = 90;

/** What is added to or multiplied with the BM25F sum of a document. */
export const RANKING = {
  /** Times the rarity of the query's words in the id, times the share of the id they cover. */
  idCoverage: 0.5,
  /** Times the weight of the name: the whole query is a name of the entry. */
  wholeName: 6,
  /** Times the rarity: neighbouring words of the query are neighbours in tags, description or a heading. */
  phrase: 0.3,
  /** Factor for entries in the language that the query names. */
  language: 1.15,
  /** Weight of a word that names a language: it says which variant is wanted more than what it is about. */
  languageWord: 0.7,
  /** Least strength of an identifier as a whole: one occurrence in the code of a long document tells as much as many. */
  leastJoined: 2,
  /** Weight of a name without its version. */
  base: 0.5,
  /** What the second occurrence of a word in the query adds to its weight. */
  repeated: 0.5,
  /** Share of the score that depends on how much of the query a document holds. */
  queryCoverage: 0.3,
} as const;
