import { stem } from "porter2";
import { isStopWord } from "./stop-words.ts";

/** Changes whenever the same text gives other terms; an index says which one it was built with. */
export const TOKENIZER_VERSION = 1;

/** A word of a text: the terms of its parts, and of the parts joined. */
export interface Word {
  /** Lower case, accents removed. */
  readonly surface: string;
  /** Stems of the parts that are no stop words, in order; letters of scripts without spaces come in pairs. */
  readonly parts: readonly string[];
  /** Lower-cased identifiers without separators: `auth.verifyIdToken` gives `authverifyidtoken`, `verifyidtoken`. */
  readonly joined: readonly string[];
  /** Names without the version that is part of them: `psycopg2` gives `psycopg`. */
  readonly bases: readonly string[];
}

/**
 * The words of a text, in order. The same function serves the index and the query.
 *
 * Identifiers are split at case, `_`, `.`, `-`, `/` and `:`, and kept joined. Addresses on the web are left out.
 */
export function tokenize(text: string): Word[] {
  const words: Word[] = [];
  forEachRun(text, {
    word: (source, start, end) => words.push(toWord(source.slice(start, end))),
    letters: (run) => words.push(letterPairs(run)),
  });
  return words;
}

/** Every term of a text, in order, repetitions included. `memo` keeps the terms of words across calls. */
export function termsOf(text: string, memo: Map<string, readonly string[]> = new Map()): string[] {
  const terms: string[] = [];
  const add = (run: string, read: (run: string) => Word): void => {
    let known = memo.get(run);
    if (known === undefined) {
      const { parts, joined, bases } = read(run);
      known = [...parts, ...joined, ...bases];
      memo.set(run, known);
    }
    for (const term of known) terms.push(term);
  };
  forEachRun(text, {
    word: (source, start, end) => add(source.slice(start, end), toWord),
    letters: (run) => add(run, letterPairs),
  });
  return terms;
}

/** Letters and digits of a name, lower case, accents removed: `Scikit-Learn` gives `scikitlearn`. */
export function compactName(name: string): string {
  // Patterns of Unicode properties take milliseconds to compile, and nearly all names are ASCII.
  if (PLAIN_PIECE.test(name)) return name;
  if (!NON_ASCII.test(name)) return name.toLowerCase().replace(NOT_ASCII_ALPHANUMERIC, "");
  return foldAccents(name).toLowerCase().replace(NOT_ALPHANUMERIC, "");
}

/** Words in lower case without accents and with single spaces between: what a quoted phrase is looked for in. */
export function plainWords(text: string): string {
  if (!NON_ASCII.test(text)) return text.toLowerCase().replace(NOT_ASCII_ALPHANUMERIC, " ");
  return foldAccents(text).toLowerCase().replace(NOT_ALPHANUMERIC, " ");
}

/** Whether words as `plainWords` gives them stand in such a text in their order, next to each other. */
export function holdsWords(text: string, words: string): boolean {
  const spaced = !UNSPACED.test(words);
  const wanted = spaced ? ` ${words.trim()} ` : words.trim();
  return (spaced ? ` ${text} ` : text).includes(wanted);
}

/**
 * The first letter, the number of letters between and the last: `kubernetes` gives `k8s`.
 *
 * Null for short words, whose short forms are no words that people use.
 */
export function numeronymOf(word: string): string | null {
  if (word.length < SHORTEST_NUMERONYM || !ONLY_LETTERS.test(word)) return null;
  return `${word[0]}${word.length - 2}${word.at(-1)}`;
}

/** Term of a lower-cased word: its stem when it is an English-looking word. */
export function stemOf(word: string): string {
  return word.length >= SHORTEST_STEMMED && ONLY_LETTERS.test(word) ? stem(word) : word;
}

/** Takes the runs of a text. */
export interface RunVisitor {
  /** A word with its inner separators, by its place. */
  word(text: string, start: number, end: number): void;
  /** Letters of a script without spaces. */
  letters(run: string): void;
}

/** Visits the words and the runs of letters of a text, in order; what to make of them say `toWord` and `letterPairs`. */
export function forEachRun(text: string, visitor: RunVisitor): void {
  const plain = text.includes("://") ? text.replace(WEB_ADDRESS, " ") : text;
  if (!NON_ASCII.test(plain)) {
    visitAsciiWords(plain, visitor);
    return;
  }
  for (const piece of foldAccents(plain).split(UNSPACED_RUN)) {
    if (UNSPACED.test(piece)) visitor.letters(piece);
    else
      for (const { 0: word, index } of piece.matchAll(UNICODE_WORD))
        visitor.word(piece, index, index + word.length);
  }
}

/** What `UNICODE_WORD` finds in ASCII, by hand: nearly all text is, and this is several times faster. */
function visitAsciiWords(text: string, visitor: RunVisitor): void {
  for (let at = 0; at < text.length; at++) {
    if (KINDS[text.charCodeAt(at)] !== IN_WORD) continue;
    const start = at;
    let end = at + 1;
    for (at = end; at < text.length; at++) {
      const kind = KINDS[text.charCodeAt(at)];
      if (kind === IN_WORD) end = at + 1;
      else if (kind !== SEPARATOR) break;
    }
    visitor.word(text, start, end);
  }
}

/** A word as `forEachRun` visits it. */
export function toWord(chain: string): Word {
  const segments = chain.split(SEPARATORS).filter((segment) => segment !== "");
  const parts: string[] = [];
  const joined: string[] = [];
  const bases: string[] = [];
  const compacts: string[] = [];
  for (const segment of segments) {
    const pieces = piecesOf(segment);
    const compact = pieces.join("");
    compacts.push(compact);
    const kept = pieces.filter((piece) => piece.length > 1 || pieces.length === 1);
    for (const piece of kept)
      if (!isStopWord(piece) && isWordLike(piece)) parts.push(stemOf(piece));
    if (pieces.length > 1) pushJoined(joined, compact);
    const base = NAME_WITH_VERSION.exec(compact)?.[1];
    if (base !== undefined) bases.push(stemOf(base));
  }
  for (let i = 1; i < compacts.length; i++) pushJoined(joined, `${compacts[i - 1]}${compacts[i]}`);
  if (compacts.length === 3) pushJoined(joined, compacts.join(""));
  return { surface: chain.toLowerCase(), parts, joined, bases };
}

function piecesOf(segment: string): string[] {
  if (PLAIN_PIECE.test(segment)) return [segment];
  const ascii = !NON_ASCII.test(segment);
  return segment
    .replace(ascii ? ASCII_CASE_EDGE : CASE_EDGE, "$1 $2")
    .replace(ascii ? ASCII_CAPITALS_EDGE : CAPITALS_EDGE, "$1 $2")
    .toLowerCase()
    .split(INNER_SEPARATORS)
    .filter((piece) => piece !== "");
}

function pushJoined(joined: string[], compact: string): void {
  if (compact.length > 1 && isWordLike(compact)) joined.push(stemOf(compact));
}

/** Digests, keys and other noise are no words. */
function isWordLike(word: string): boolean {
  return word.length <= LONGEST_WORD && !LONG_NUMBER.test(word);
}

/** The terms of a run of letters as `forEachRun` visits it. */
export function letterPairs(run: string): Word {
  const letters = Array.from(run);
  const parts =
    letters.length === 1 ? letters : letters.slice(1).map((letter, i) => `${letters[i]}${letter}`);
  return { surface: run, parts, joined: [], bases: [] };
}

function foldAccents(text: string): string {
  if (!NON_ASCII.test(text)) return text;
  return text.normalize("NFKD").replace(ACCENTS, "").normalize("NFC");
}

const WEB_ADDRESS = /\b[a-z][a-z0-9+.-]{1,9}:\/\/[^\s"'`<>)\]]+/gi;
// Kinds of ASCII characters: of words, between the parts of a word, others.
const [IN_WORD, SEPARATOR, OTHER] = [2, 1, 0] as const;
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[A-Za-z0-9_$@]/.test(character)) return IN_WORD;
  return /[.\-/:]/.test(character) ? SEPARATOR : OTHER;
});
// eslint-disable-next-line no-control-regex -- the range is the point
const NON_ASCII = /[^\0-\x7f]/;
const UNICODE_WORD = /[\p{L}\p{N}\p{M}_$@]+(?:[.\-/:]+[\p{L}\p{N}\p{M}_$@]+)*/gu;
/** Scripts written without spaces between words (Korean has spaces, but also endings). */
const UNSPACED_RUN =
  /([\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー]+)/u;
const UNSPACED =
  /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー]/u;
const ACCENTS = /[\u0300-\u036f]/g;
const NOT_ALPHANUMERIC = /[^\p{L}\p{N}]+/gu;
const SEPARATORS = /[.\-/:]+/;
const INNER_SEPARATORS = /[\s_$@]+/;
const NOT_ASCII_ALPHANUMERIC = /[^a-z0-9]+/g;
const PLAIN_PIECE = /^[a-z0-9]+$/;
const ASCII_CASE_EDGE = /([a-z0-9])([A-Z])/g;
const ASCII_CAPITALS_EDGE = /([A-Z])([A-Z][a-z])/g;
const CASE_EDGE = /([\p{Ll}\p{N}])(\p{Lu})/gu;
const CAPITALS_EDGE = /(\p{Lu})(\p{Lu}\p{Ll})/gu;
const ONLY_LETTERS = /^[a-z]+$/;
const NAME_WITH_VERSION = /^([a-z]{4,})\d{1,2}$/;
const LONG_NUMBER = /^\d{7,}$/;
const SHORTEST_STEMMED = 4; // letters; shorter words are mostly abbreviations
const SHORTEST_NUMERONYM = 10; // letters
const LONGEST_WORD = 64; // letters
