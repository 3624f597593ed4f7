import { WordTable } from "./word-table.ts";
import { termHash } from "./term-hash.ts";
import { forEachRun, letterPairs, toWord, type Word } from "./tokenize.ts";

/**
 * Terms as numbers, with a memory of the words they come from: words repeat from one document to the next, and sums
 * over numbers need neither strings nor look-ups by them.
 *
 * Numbers count from 0 in the order of first use, and hold until `clear`.
 */
export interface TermPool {
  /** Terms known. */
  readonly size: number;
  /** The terms of a text as `termsOf` gives them. */
  readonly termsOf: (text: string) => number[];
  /** Those among the terms of a text that are parts of words, and no names joined from parts. */
  readonly partsOf: (text: string) => number[];
  /** The number of one term. */
  readonly numberOf: (term: string) => number;
  readonly textOf: (term: number) => string;
  readonly hashOf: (term: number) => number;
  /** Forgets everything. */
  clear(): void;
}

export function createTermPool(): TermPool {
  const terms = createNumbers();
  const words = createWords(terms.numberOf);
  const collect = (text: string, take: (word: number, into: number[]) => void): number[] => {
    const found: number[] = [];
    forEachRun(text, {
      word: (source, start, end) => take(words.word(source, start, end), found),
      letters: (run) => take(words.letters(run), found),
    });
    return found;
  };
  return {
    get size() {
      return terms.size;
    },
    termsOf: (text) => collect(text, words.takeTerms),
    partsOf: (text) => collect(text, words.takeParts),
    numberOf: terms.numberOf,
    textOf: terms.textOf,
    hashOf: terms.hashOf,
    clear() {
      words.clear();
      terms.clear();
    },
  };
}

function createNumbers() {
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  const hashes: number[] = [];
  return {
    get size() {
      return texts.length;
    },
    numberOf: (term: string): number => {
      let number = numbers.get(term);
      if (number === undefined) {
        number = texts.push(term) - 1;
        numbers.set(term, number);
        hashes.push(termHash(term));
      }
      return number;
    },
    textOf: (term: number) => texts[term] as string,
    hashOf: (term: number) => hashes[term] as number,
    clear() {
      numbers.clear();
      for (const list of [texts, hashes]) list.length = 0;
    },
  };
}

/** Words by number, with the numbers of their terms: those of all words one after another, parts of a word first. */
function createWords(numberOf: (term: string) => number) {
  const table = new WordTable();
  const terms: number[] = [];
  const partEnds: number[] = [];
  const ends: number[] = [];
  const remember = (word: number, { parts, joined, bases }: Word): number => {
    for (const term of parts) terms.push(numberOf(term));
    partEnds.push(terms.length);
    for (const term of joined) terms.push(numberOf(term));
    for (const term of bases) terms.push(numberOf(term));
    ends.push(terms.length);
    return word;
  };
  const take = (word: number, end: number, into: number[]): void => {
    const start = word === 0 ? 0 : (ends[word - 1] as number);
    for (let at = start; at < end; at++) into.push(terms[at] as number);
  };
  return {
    word: (text: string, start: number, end: number): number => {
      const known = table.find(text, start, end);
      if (known >= 0) return known;
      return remember(table.add(text, start, end), toWord(text.slice(start, end)));
    },
    letters: (run: string): number => {
      const known = table.find(run, 0, run.length);
      return known >= 0 ? known : remember(table.add(run, 0, run.length), letterPairs(run));
    },
    takeTerms: (word: number, into: number[]) => take(word, ends[word] as number, into),
    takeParts: (word: number, into: number[]) => take(word, partEnds[word] as number, into),
    clear() {
      table.clear();
      for (const list of [terms, partEnds, ends]) list.length = 0;
    },
  };
}
