import { termsOf, tokenize } from "./tokenize.ts";

/**
 * The part of a text that holds most words of the query, on one line, at most about 200 characters.
 *
 * Cuts at spaces and marks a cut with "…". Without a matching word it is the start of the text.
 */
export function snippet(text: string, query: string): string {
  const wanted = new Set(tokenize(query).flatMap(({ parts, joined }) => [...parts, ...joined]));
  const words = text
    .slice(0, MAX_TEXT)
    .split(/\s+/)
    .filter((word) => word !== "");
  const memo = new Map<string, readonly string[]>();
  const matches = words.map((word) => termsOf(word, memo).filter((term) => wanted.has(term)));
  const start = bestWindow(words, matches);
  const end = windowEnd(words, start);
  const line = words.slice(start, end).join(" ").slice(0, MAX_LENGTH);
  return `${start > 0 ? "… " : ""}${line}${end < words.length ? " …" : ""}`;
}

/** Start of the window with the most distinct terms, moved so that the first match has words before it. */
function bestWindow(words: readonly string[], matches: readonly (readonly string[])[]): number {
  let best = { start: 0, distinct: 0 };
  for (const [start, found] of matches.entries()) {
    if (found.length === 0) continue;
    const end = windowEnd(words, start);
    const distinct = new Set(matches.slice(start, end).flat()).size;
    if (distinct > best.distinct) best = { start, distinct };
  }
  return best.start <= LEAD_WORDS ? 0 : best.start - LEAD_WORDS;
}

function windowEnd(words: readonly string[], start: number): number {
  let end = start;
  for (let length = 0; end < words.length; end++) {
    length += (words[end] as string).length + 1;
    if (length > MAX_LENGTH && end > start) break;
  }
  return end;
}

const MAX_LENGTH = 200; // characters
const MAX_TEXT = 20_000; // characters; a section is rarely longer than 4,000
const LEAD_WORDS = 3;
