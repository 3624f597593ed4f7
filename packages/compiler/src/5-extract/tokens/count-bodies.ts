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
 * Blocks start on a line of their own. The encoding keeps a line break apart from what follows it, with two exceptions:
 * punctuation, line breaks and slashes form one piece, and so do space and line breaks. So only a block that starts with a
 * slash, or with a line that shows nothing, can depend on the one before it; its count allows for the worst of them.
 */
export function countBodies(
  bodies: readonly (readonly string[])[],
  count: TokenCounter,
): BodyTokens[] {
  const blocks = bodies.flat();
  const dependent = blocks.slice(1).some(isDependent);
  const tails = dependent ? [...new Set(blocks.map(tailOf))] : [];
  const cost = (text: string): number => {
    if (!dependent || !isDependent(text)) return count(text);
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
    return { total, before: ends.slice(0, -1) };
  });
}

function isDependent(block: string): boolean {
  return /^(?:\/|\s*[\r\n]|\s*$)/.test(block);
}

/** What stands behind the last word of a block: pieces that may go on in the next one start there. */
function tailOf(block: string): string {
  let start = block.length;
  while (start > 0 && NO_WORD.test(block[start - 1]!)) start--;
  return block.slice(start);
}

const NO_WORD = /[^\p{L}\p{N}\p{M}]/u;
