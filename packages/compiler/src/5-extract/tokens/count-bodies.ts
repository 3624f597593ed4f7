import type { TokenCounter } from "./token-counter.ts";

/** Tokens of the own text of a section. */
export interface BodyTokens {
  readonly total: number;
  /** Of the text before each block but the first part: what a cut there costs. */
  readonly before: readonly number[];
}

/**
 * Tokens of the consecutive bodies of a document, each given in the blocks it may be cut between, so that any choice of whole
 * or cut bodies, joined, has at most the sum of their counts.
 *
 * Blocks start on a line of their own. The encoding keeps a line break apart from what follows it, with one exception:
 * punctuation, line breaks and slashes form one piece. So only a block that starts with a slash can depend on the one before
 * it, and its count allows for the worst of them.
 */
export function countBodies(bodies: readonly (readonly string[])[], count: TokenCounter): BodyTokens[] {
  const blocks = bodies.flat();
  const dependent = blocks.slice(1).some((block) => block.startsWith("/"));
  const tails = dependent ? [...new Set(blocks.map(tailOf))] : [];
  const cost = (text: string): number => {
    if (!dependent || !text.startsWith("/")) return count(text);
    return Math.max(count(text), ...tails.map((tail) => count(tail + text) - count(tail)));
  };
  return bodies.map((parts) => {
    const ends: number[] = [];
    let sum = 0;
    for (const part of parts) {
      sum += cost(part);
      ends.push(sum);
    }
    const total = dependent ? cost(parts.join("")) : sum;
    return { total, before: ends.slice(0, -1).map((tokens) => Math.min(tokens, total)) };
  });
}

/** Punctuation and line breaks at the end of a block: one piece with the slashes that follow. */
function tailOf(block: string): string {
  let start = block.length;
  while (start > 0 && BREAK_OR_SLASH.test(block[start - 1]!)) start--;
  while (start > 0 && PUNCTUATION.test(block[start - 1]!)) start--;
  if (block[start - 1] === " ") start--;
  return block.slice(start);
}

const BREAK_OR_SLASH = /[\r\n/]/;
const PUNCTUATION = /[^\s\p{L}\p{N}]/u;
