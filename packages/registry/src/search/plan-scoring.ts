import { corrections, nearNames } from "./fuzzy-names.ts";
import type { ParsedQuery, QueryWord } from "./parse-query.ts";
import { RANKING, rarity } from "./scoring.ts";
import type { SearchIndex } from "./search-index.ts";
import { facetTerm, termHash } from "./term-hash.ts";
import { stemOf } from "./tokenize.ts";

/** What is added up for each document, decided once for all indexes so that they share one rarity. */
export interface ScoringPlan {
  readonly terms: readonly PlannedTerm[];
  /** Names that stand in the query. */
  readonly names: readonly PlannedName[];
  /** Misspelt names, by index. */
  readonly near: ReadonlyMap<SearchIndex, readonly NearBonus[]>;
  /** Hash of the facet of the language that the query names. */
  readonly language: number | null;
  /** Sum of `value` over the words: what a document that holds all of them reaches. */
  readonly possible: number;
}

export interface PlannedTerm {
  readonly label: string;
  readonly hash: number;
  /** Weight times rarity; the strength in a document multiplies it. */
  readonly value: number;
  /** What it adds to the covered part of the query; 0 for joined forms. */
  readonly coverage: number;
}

export interface PlannedName {
  readonly label: string;
  readonly hash: number;
  /** Multiplied by the weight of the name. */
  readonly bonus: number;
}

export interface NearBonus {
  readonly label: string;
  readonly ordinal: number;
  readonly bonus: number;
}

export function planScoring(query: ParsedQuery, indexes: readonly SearchIndex[]): ScoringPlan {
  const statistics = createStatistics(indexes);
  const terms = query.words.flatMap((word) => planWord(word, statistics));
  const known = new Set(terms.map(({ hash }) => hash));
  for (const pair of query.pairs) {
    const hash = termHash(pair);
    if (known.has(hash) || statistics.documentsWith(hash) === 0) continue;
    known.add(hash);
    terms.push({ label: pair, hash, value: RANKING.pair * statistics.rarity(hash), coverage: 0 });
  }
  const names = planNames(query, statistics);
  return {
    terms,
    names,
    near: planNear(query, statistics),
    language: query.language === null ? null : termHash(facetTerm("language", query.language)),
    possible: terms.reduce((sum, { coverage }) => sum + coverage, 0),
  };
}

interface Statistics {
  readonly indexes: readonly SearchIndex[];
  documentsWith(hash: number): number;
  rarity(hash: number): number;
  /** Lower-cased words of all names. */
  vocabulary(): ReadonlySet<string>;
}

function createStatistics(indexes: readonly SearchIndex[]): Statistics {
  const documents = indexes.reduce((sum, index) => sum + index.documents, 0);
  const documentsWith = (hash: number): number =>
    indexes.reduce((sum, index) => sum + index.documentsWith(hash), 0);
  return {
    indexes,
    documentsWith,
    rarity: (hash) => rarity(documents, documentsWith(hash)),
    vocabulary: () => new Set(indexes.flatMap((index) => [...index.nameWords()])),
  };
}

function planWord(word: QueryWord, statistics: Statistics): PlannedTerm[] {
  const planned = word.terms.map(({ term, weight, joined }) => {
    const hash = termHash(term);
    const value = weight * statistics.rarity(hash);
    return { label: term, hash, value, coverage: joined ? 0 : value };
  });
  const unknown = planned.every(({ hash }) => statistics.documentsWith(hash) === 0);
  if (!unknown || !word.plain || word.surface.length < SHORTEST_CORRECTED) {
    return planned.filter(({ hash }) => statistics.documentsWith(hash) > 0);
  }
  return corrections(statistics.vocabulary(), word.surface).map(({ term, weight }) => {
    const hash = termHash(term);
    const value = weight * statistics.rarity(hash);
    return { label: term, hash, value, coverage: value };
  });
}

function planNames(query: ParsedQuery, statistics: Statistics): PlannedName[] {
  const whole = facetTerm("name", query.compact);
  const names: PlannedName[] = [{ label: query.compact, hash: termHash(whole), bonus: RANKING.wholeName }];
  if (query.words.length < 2) return names;
  for (const part of query.nameParts) {
    const bonus = RANKING.partName * statistics.rarity(termHash(stemOf(part)));
    names.push({ label: part, hash: termHash(facetTerm("name", part)), bonus });
  }
  return names;
}

function planNear(query: ParsedQuery, statistics: Statistics): Map<SearchIndex, NearBonus[]> {
  const near = new Map<SearchIndex, NearBonus[]>();
  const exact = statistics.documentsWith(termHash(facetTerm("name", query.compact))) > 0;
  if (exact || query.words.length > MOST_WORDS_OF_A_NAME || query.compact === "") return near;
  for (const index of statistics.indexes) {
    const best = new Map<number, NearBonus>();
    for (const { ordinal, name, weight, similarity } of nearNames(index, query.compact)) {
      const bonus = RANKING.wholeName * similarity ** 2 * weight;
      if ((best.get(ordinal)?.bonus ?? 0) < bonus) best.set(ordinal, { label: name, ordinal, bonus });
    }
    near.set(index, [...best.values()]);
  }
  return near;
}

const SHORTEST_CORRECTED = 4; // letters; shorter words have too many neighbours
const MOST_WORDS_OF_A_NAME = 3;
