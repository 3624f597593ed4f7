import { corrections, nearNames } from "./fuzzy-names.ts";
import type { ParsedQuery, QueryWord } from "./parse-query.ts";
import { RANKING, rarity, STRENGTH_STEPS } from "./scoring.ts";
import type { SearchIndex } from "./search-index.ts";
import { facetTerm, termHash } from "./term-hash.ts";
import { stemOf } from "./tokenize.ts";

/** What is added up for each document, decided once for all indexes so that they share one rarity. */
export interface ScoringPlan {
  readonly terms: readonly PlannedTerm[];
  /** The whole query as a name. */
  readonly name: PlannedName;
  /** Misspelt names, by index. */
  readonly near: ReadonlyMap<SearchIndex, readonly NearBonus[]>;
  /** Properties that multiply the score of the documents that have them. */
  readonly factors: readonly PlannedFactor[];
  /** Sum of `value` over the words: what a document that holds all of them reaches. */
  readonly possible: number;
}

interface PlannedTerm {
  readonly label: string;
  readonly hash: number;
  /** Weight times rarity; the strength in a document multiplies it. */
  readonly value: number;
  /** What it adds to the covered part of the query; 0 for joined forms. */
  readonly coverage: number;
  /** A lower strength counts as this one. */
  readonly least: number;
}

interface PlannedName {
  readonly label: string;
  readonly hash: number;
  /** Multiplied by the weight of the name. */
  readonly bonus: number;
}

interface PlannedFactor {
  readonly label: string;
  readonly hash: number;
  readonly factor: number;
}

interface NearBonus {
  readonly label: string;
  readonly ordinal: number;
  readonly bonus: number;
}

export function planScoring(query: ParsedQuery, indexes: readonly SearchIndex[]): ScoringPlan {
  const statistics = createStatistics(indexes);
  const terms = query.words.flatMap((word) => planWord(word, statistics));
  for (const phrase of query.phrases) {
    const hash = termHash(phrase);
    if (statistics.documentsWith(hash) === 0) continue;
    terms.push({
      label: phrase,
      hash,
      value: RANKING.phrase * statistics.rarity(hash),
      coverage: 0,
      least: 0,
    });
  }
  return {
    terms,
    name: {
      label: query.compact,
      hash: termHash(facetTerm("name", query.compact)),
      bonus: RANKING.wholeName,
    },
    near: planNear(query, statistics),
    factors: planFactors(query, statistics),
    possible: terms.reduce((sum, { coverage }) => sum + coverage, 0),
  };
}

interface Statistics {
  readonly indexes: readonly SearchIndex[];
  documentsWith(hash: number): number;
  rarity(hash: number): number;
  /** Lower-cased words of names that may be meant by a misspelt one. */
  vocabulary(near: string): ReadonlySet<string>;
}

function createStatistics(indexes: readonly SearchIndex[]): Statistics {
  const documents = indexes.reduce((sum, index) => sum + index.documents, 0);
  const counted = new Map<number, number>();
  const documentsWith = (hash: number): number => {
    const known =
      counted.get(hash) ?? indexes.reduce((sum, index) => sum + index.documentsWith(hash), 0);
    counted.set(hash, known);
    return known;
  };
  return {
    indexes,
    documentsWith,
    rarity: (hash) => rarity(documents, documentsWith(hash)),
    vocabulary: (near) => new Set(indexes.flatMap((index) => [...index.nameWords(near)])),
  };
}

function planWord(word: QueryWord, statistics: Statistics): PlannedTerm[] {
  const language = spokenLanguage(word, statistics) !== null;
  const known = word.terms.filter(({ term }) => statistics.documentsWith(termHash(term)) > 0);
  if (known.length === 0 && word.plain && !language && word.surface.length >= SHORTEST_CORRECTED) {
    return corrections(statistics.vocabulary(word.surface), word.surface).map(
      ({ term, weight }) => {
        const value = weight * statistics.rarity(termHash(term));
        return { label: term, hash: termHash(term), value, coverage: value, least: 0 };
      },
    );
  }
  const repeats = Math.min(word.count, MOST_COUNTED) - 1;
  const wordWeight = (language ? RANKING.languageWord : 1) * (1 + RANKING.repeated * repeats);
  return known.map(({ term, form }) => {
    const weight = wordWeight * (form === "base" ? RANKING.base : 1);
    const value = weight * statistics.rarity(termHash(term));
    return {
      label: term,
      hash: termHash(term),
      value,
      coverage: form === "part" ? value : 0,
      least: form === "joined" ? RANKING.leastJoined * STRENGTH_STEPS : 0,
    };
  });
}

/** The language a word means, when there are documents in it: "http" and "markdown" mostly mean themselves. */
function spokenLanguage({ language }: QueryWord, statistics: Statistics): string | null {
  if (language === null) return null;
  return statistics.documentsWith(termHash(facetTerm("language", language))) > 0 ? language : null;
}

function planFactors(query: ParsedQuery, statistics: Statistics): PlannedFactor[] {
  for (const word of query.words) {
    const language = spokenLanguage(word, statistics);
    if (language === null) continue;
    const hash = termHash(facetTerm("language", language));
    return [{ label: `in ${language}`, hash, factor: RANKING.language }];
  }
  return [];
}

function planNear(query: ParsedQuery, statistics: Statistics): Map<SearchIndex, NearBonus[]> {
  const near = new Map<SearchIndex, NearBonus[]>();
  const exact = statistics.documentsWith(termHash(facetTerm("name", query.compact))) > 0;
  if (exact || query.words.length > MOST_WORDS_OF_A_NAME || query.compact === "") return near;
  if (isKnownIdentifier(query, statistics)) return near;
  for (const index of statistics.indexes) {
    const best = new Map<number, NearBonus>();
    for (const { ordinal, name, weight, similarity } of nearNames(index, query.compact)) {
      const bonus = RANKING.wholeName * similarity ** 2 * weight;
      if ((best.get(ordinal)?.bonus ?? 0) < bonus)
        best.set(ordinal, { label: name, ordinal, bonus });
    }
    near.set(index, [...best.values()]);
  }
  return near;
}

/** An identifier that stands in the documents as it was typed is no misspelt name: then the names need not be read. */
function isKnownIdentifier({ words, compact }: ParsedQuery, statistics: Statistics): boolean {
  const [word] = words;
  if (words.length !== 1 || word === undefined || word.plain) return false;
  return statistics.documentsWith(termHash(stemOf(compact))) > 0;
}

const SHORTEST_CORRECTED = 4; // letters; shorter words have too many neighbours
const MOST_COUNTED = 2; // occurrences of a word
const MOST_WORDS_OF_A_NAME = 3;
