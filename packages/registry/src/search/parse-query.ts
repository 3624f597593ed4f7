import { canonicalLanguage } from "../contract/languages.ts";
import { phrasesOfParts } from "./phrases.ts";
import { compactName, stemOf, tokenize, type Word } from "./tokenize.ts";

/** A query as the ranking reads it. */
export interface ParsedQuery {
  /** Lower case, without quotes. */
  readonly text: string;
  readonly words: readonly QueryWord[];
  /** Terms of neighbouring words, see `phrasesOfParts`. */
  readonly phrases: readonly string[];
  /** Terms that a document must hold: those of quoted phrases. */
  readonly required: readonly string[];
  /** Letters and digits of the whole query. */
  readonly compact: string;
}

export interface QueryWord {
  /** Lower case, accents removed. */
  readonly surface: string;
  readonly terms: readonly QueryTerm[];
  /** Times it stands in the query. */
  readonly count: number;
  /** Canonical name of the programming language it may mean. */
  readonly language: string | null;
  /** Whether it is one plain word, which may be misspelt, and no identifier. */
  readonly plain: boolean;
}

interface QueryTerm {
  readonly term: string;
  /** Part: of the word itself; joined: several parts in one; base: the name without its version. */
  readonly form: "part" | "joined" | "base";
}

/** Reads a query. Characters and words above the limits are ignored. */
export function parseQuery(query: string): ParsedQuery {
  const text = query.slice(0, MAX_QUERY_LENGTH);
  const quoted = [...text.matchAll(QUOTED)].map((match) => match[1] ?? "");
  const plainText = text.replaceAll('"', " ");
  const used = usedWords(plainText);
  const words = distinctWords(used);
  return {
    text: plainText.trim().toLowerCase(),
    words,
    phrases: [...new Set(phrasesOfParts(used.flatMap(({ parts }) => parts)))],
    required: requiredTerms(quoted, used.length),
    compact: compactName(plainText),
  };
}

/**
 * The quoted phrases of a query that must stand in a text word for word. Those for which `requiredTerms` has no terms
 * are left out.
 */
export function quotedPhrases(query: string): readonly string[] {
  const text = query.slice(0, MAX_QUERY_LENGTH);
  const words = usedWords(text.replaceAll('"', " ")).length;
  return [...text.matchAll(QUOTED)]
    .map((match) => match[1] ?? "")
    .filter((phrase) => requiredTerms([phrase], words).length > 0);
}

/** Terms of quoted phrases. One plain word in quotes is none: error messages quote words, too. */
function requiredTerms(quoted: readonly string[], wordsOfQuery: number): string[] {
  const required = new Set<string>();
  for (const phrase of quoted) {
    const words = tokenize(phrase);
    const terms = words.flatMap(({ parts }) => parts);
    if (terms.length < 2 && wordsOfQuery > 1) continue;
    for (const term of [...terms, ...words.flatMap(({ joined }) => joined)]) required.add(term);
  }
  return [...required];
}

function usedWords(text: string): Word[] {
  const all = tokenize(text).slice(0, MAX_WORDS);
  const spoken = all.filter(({ parts, joined }) => parts.length + joined.length > 0);
  // A query of stop words only may still be a name, such as "when".
  return spoken.length > 0
    ? spoken
    : all.map((word) => ({ ...word, parts: [stemOf(word.surface)] }));
}

function distinctWords(used: readonly Word[]): QueryWord[] {
  const seen = new Set<string>();
  const words: QueryWord[] = [];
  for (const { surface, parts, joined, bases } of used) {
    const terms = termsOfWord(parts, joined, bases).filter(
      ({ term }) => !seen.has(term) && seen.add(term),
    );
    if (terms.length === 0) continue;
    words.push({
      surface,
      terms,
      count: used.filter((other) => other.parts.includes(terms[0]?.term ?? "")).length,
      language: canonicalLanguage(surface),
      plain: parts.length === 1 && joined.length === 0,
    });
  }
  return words;
}

function termsOfWord(
  parts: readonly string[],
  joined: readonly string[],
  bases: readonly string[],
): QueryTerm[] {
  return [
    ...parts.map((term) => ({ term, form: "part" as const })),
    ...joined.map((term) => ({ term, form: "joined" as const })),
    ...bases.map((term) => ({ term, form: "base" as const })),
  ];
}

const MAX_QUERY_LENGTH = 1_000; // characters
const MAX_WORDS = 48;
const QUOTED = /"([^"]+)"/g;
