import { tokenize, type Word } from "./tokenize.ts";

/** Terms of neighbouring words of a text, stop words left out: `Verify a webhook signature` gives `verifi webhook`, … */
export function phrasesOf(text: string): string[] {
  return phrasesOfWords(tokenize(text));
}

export function phrasesOfWords(words: readonly Pick<Word, "parts">[]): string[] {
  const parts = words.flatMap((word) => word.parts);
  return parts.slice(1).map((part, i) => `${parts[i]} ${part}`);
}
