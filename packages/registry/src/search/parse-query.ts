import { canonicalLanguage } from "../contract/languages.ts";
import { isStopWord } from "./stop-words.ts";
import { compactName, stemOf, tokenize, type Word } from "./tokenize.ts";

/** A query as the ranking reads it. */
export interface ParsedQuery {
  /** Lower case, without quotes. */
  readonly text: string;
  readonly words: readonly QueryWord[];
  /** Terms of neighbouring words joined: `scikit learn` gives `scikitlearn`. */
  readonly pairs: readonly string[];
  /** Terms that a document must hold: those of quoted phrases. */
  readonly required: readonly string[];
  /** Letters and digits of the whole query. */
  readonly compact: string;
  /** Compact single words and neighbours that may name an entry. */
  readonly nameParts: readonly string[];
  /** Canonical name of the language the query names. */
  readonly language: string | null;
}

export interface QueryWord {
  readonly surface: string;
  readonly terms: readonly QueryTerm[];
  /** Whether a misspelling may be corrected: one plain word, no language name. */
  readonly plain: boolean;
}

export interface QueryTerm {
  readonly term: string;
  readonly weight: number;
  /** Whether it is the joined form of several parts. */
  readonly joined: boolean;
}

/** Reads a query. Characters and words above the limits are ignored. */
export function parseQuery(query: string): ParsedQuery {
  const text = query.slice(0, MAX_QUERY_LENGTH);
  const phrases = [...text.matchAll(QUOTED)].map((match) => match[1] ?? "");
  const plainText = text.replaceAll('"', " ");
  const words = distinctWords(plainText);
  const surfaces = words.map(({ surface }) => compactName(surface));
  const neighbours = surfaces.slice(1).map((surface, i) => `${surfaces[i]}${surface}`);
  return {
    text: plainText.trim().toLowerCase(),
    words,
    pairs: neighbours.map(stemOf),
    required: [...new Set(phrases.flatMap((phrase) => tokenize(phrase).flatMap(({ parts }) => parts)))],
    compact: compactName(plainText),
    nameParts: [...new Set([...surfaces, ...neighbours])],
    language: languageOf(words),
  };
}

function distinctWords(text: string): QueryWord[] {
  const all = tokenize(text);
  const spoken = all.filter(({ parts, joined }) => parts.length + joined.length > 0);
  // A query of stop words only may still be a name, such as "when".
  const used: readonly Word[] =
    spoken.length > 0 ? spoken : all.map((word) => ({ ...word, parts: [stemOf(word.surface)] }));
  const seen = new Set<string>();
  const words: QueryWord[] = [];
  for (const { surface, parts, joined } of used.slice(0, MAX_WORDS)) {
    const language = canonicalLanguage(surface) !== null;
    const weight = language ? LANGUAGE_WORD_WEIGHT : 1;
    const terms = [
      ...parts.map((term) => ({ term, weight, joined: false })),
      ...joined.map((term) => ({ term, weight, joined: true })),
    ].filter(({ term }) => !seen.has(term) && seen.add(term));
    if (terms.length === 0) continue;
    words.push({
      surface,
      terms,
      plain: parts.length === 1 && joined.length === 0 && !language && !isStopWord(surface),
    });
  }
  return words;
}

function languageOf(words: readonly QueryWord[]): string | null {
  for (const { surface } of words) {
    const language = canonicalLanguage(surface);
    if (language !== null) return language;
  }
  return null;
}

const MAX_QUERY_LENGTH = 1_000; // characters
const MAX_WORDS = 48;
const LANGUAGE_WORD_WEIGHT = 0.7;
const QUOTED = /"([^"]+)"/g;
