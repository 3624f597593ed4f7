/** Neighbouring parts of words, stop words left out: `Verify a webhook signature` gives `verifi webhook`, … */
export function phrasesOfParts(parts: readonly string[]): string[] {
  return parts.slice(1).map((part, i) => `${parts[i]} ${part}`);
}
