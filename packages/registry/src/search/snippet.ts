import { termsOf, tokenize } from "./tokenize.ts";

/**
 * The part of a text that holds most words of the query, on one line, at most about 200 characters.
 *
 * Cuts at spaces and marks a cut with "…". Without a matching word it is the start of the text.
 */
export function snippet(text: string, query: string): string {
  return snippetsFor(query)(text);
}

/** The same for several texts: the query is read once, and each of their words. */
export function snippetsFor(query: string): (text: string) => string {
  const findMatches = matcher(query);
  return (text) => {
    const line = text.slice(0, MAX_TEXT).replace(WHITE_SPACE, " ").trim();
    const start = bestStart(line, findMatches(line));
    const end = windowEnd(line, start);
    const shown = line.slice(start, Math.min(end, start + MAX_LENGTH));
    return `${start > 0 ? "… " : ""}${shown}${end < line.length ? " …" : ""}`;
  };
}

/** A word that holds terms of the query. */
interface Match {
  /** Position of the word in its line. */
  readonly start: number;
  readonly terms: readonly string[];
}

/** Finds the words of a line, separated by single spaces, that hold terms of the query, in order. */
function matcher(query: string): (line: string) => readonly Match[] {
  const wanted = new Set(tokenize(query).flatMap(({ parts, joined }) => [...parts, ...joined]));
  if (wanted.size === 0) return () => [];
  const memo = new Map<string, readonly string[]>();
  const candidate = candidatePattern(wanted);
  return (line) => {
    const matches: Match[] = [];
    candidate.lastIndex = 0;
    for (let found = candidate.exec(line); found !== null; found = candidate.exec(line)) {
      const start = line.lastIndexOf(" ", found.index) + 1;
      const end = wordEnd(line, start);
      const terms = termsOf(line.slice(start, end), memo).filter((term) => wanted.has(term));
      if (terms.length > 0) matches.push({ start, terms });
      candidate.lastIndex = end;
    }
    return matches;
  };
}

/**
 * Finds a place in every word that may hold one of the terms, and few others: taking all words of a text apart costs
 * many times as much.
 *
 * A term begins where a name or a part of one does; a stem differs from its word in the last letter at most, see
 * `knownLetters`. Between the letters of a joined term may stand what joined them.
 */
function candidatePattern(terms: ReadonlySet<string>): RegExp {
  const patterns = [...terms].flatMap((term) => {
    if (!ALPHANUMERIC.test(term)) return [];
    const [first = "", ...others] = knownLetters(term);
    const rest = others.map((letter) => `[^A-Za-z0-9\\s]*${eitherCase(letter)}`).join("");
    return `(?:(?<![A-Za-z0-9])${eitherCase(first)}|(?=[A-Z])${first.toUpperCase()})${rest}`;
  });
  // Letters outside ASCII may be accented, and a term of such letters may stand anywhere.
  return new RegExp([...patterns, "[^\\0-\\x7f]"].join("|"), "g");
}

/** The letters that a term has in common with every word it is the stem of: Porter's rules replace the last one at most. */
function knownLetters(term: string): string {
  return term.slice(0, Math.max(1, IRREGULAR.test(term) ? 1 : term.length - 1));
}

function eitherCase(letter: string): string {
  const upper = letter.toUpperCase();
  return upper === letter ? letter : `[${letter}${upper}]`;
}

/** Start of the window with the most distinct terms, moved so that the first match has words before it. */
function bestStart(line: string, matches: readonly Match[]): number {
  let best = { start: 0, distinct: 0 };
  for (const [index, { start }] of matches.entries()) {
    const end = windowEnd(line, start);
    const distinct = new Set<string>();
    for (let at = index; (matches[at]?.start ?? end) < end; at++)
      for (const term of matches[at]?.terms ?? []) distinct.add(term);
    if (distinct.size > best.distinct) best = { start, distinct: distinct.size };
  }
  let { start } = best;
  for (let lead = 0; lead < LEAD_WORDS && start > 0; lead++)
    start = line.lastIndexOf(" ", start - 2) + 1;
  return start;
}

/** End of the last word that fits after `start`, of the first one at least. */
function windowEnd(line: string, start: number): number {
  const limit = start + MAX_LENGTH - 1;
  if (line.length <= limit) return line.length;
  const last = line.lastIndexOf(" ", limit);
  return last > start ? last : wordEnd(line, start);
}

function wordEnd(line: string, start: number): number {
  const end = line.indexOf(" ", start);
  return end < 0 ? line.length : end;
}

const WHITE_SPACE = /\s+/g;
const ALPHANUMERIC = /^[a-z0-9]+$/;
const IRREGULAR = /^[dlt]ie$/; // stems of dying, lying and tying
const MAX_LENGTH = 200; // characters
const MAX_TEXT = 20_000; // characters; a section is rarely longer than 4,000
const LEAD_WORDS = 3;
