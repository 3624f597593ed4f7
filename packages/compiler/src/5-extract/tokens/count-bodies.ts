import type { TokenCounter } from "./token-counter.ts";

/**
 * Tokens of the consecutive parts of a document, so that any choice of whole parts, joined, has at most the sum of their counts.
 *
 * Parts start on a line of their own. The encoding keeps a line break apart from what follows it, with one exception:
 * punctuation, line breaks and slashes form one piece. So only a part that starts with a slash (a heading `/path` that is
 * underlined) can depend on the part before it, and its count allows for the worst of them.
 */
export function countBodies(parts: readonly string[], count: TokenCounter): number[] {
  const counts = parts.map((part) => count(part));
  if (!parts.slice(1).some((part) => part.startsWith("/"))) return counts;
  const tails = [...new Set(parts.map(tailOf))];
  return parts.map((part, index) => {
    if (index === 0 || !part.startsWith("/")) return counts[index]!;
    return Math.max(counts[index]!, ...tails.map((tail) => count(tail + part) - count(tail)));
  });
}

/** Punctuation and line breaks at the end of a part: one piece with the slashes that follow. */
function tailOf(part: string): string {
  let start = part.length;
  while (start > 0 && BREAK_OR_SLASH.test(part[start - 1]!)) start--;
  while (start > 0 && PUNCTUATION.test(part[start - 1]!)) start--;
  if (part[start - 1] === " ") start--;
  return part.slice(start);
}

const BREAK_OR_SLASH = /[\r\n/]/;
const PUNCTUATION = /[^\s\p{L}\p{N}]/u;
