import { countBytePairs } from "./byte-pairs.ts";
import type { Ranks } from "./byte-pairs.ts";
import { preTokenEnd } from "./split-text.ts";

/** o200k_base tokens of a text. Special tokens such as `<|endoftext|>` count as the text they are. */
export type TokenCounter = (text: string) => number;

/**
 * A counter that remembers the pieces it has seen, because words repeat.
 *
 * One counter is one cache of at most about 50 MB: make it once per run.
 */
export function createTokenCounter(vocabulary: readonly (string | readonly number[] | undefined)[]): TokenCounter {
  const ranks = ranksOf(vocabulary);
  const seen = new Map<string, number>();
  const countPiece = (piece: string): number => {
    const bytes = isAscii(piece) ? piece : Buffer.from(piece, "utf8").toString("latin1");
    const count = ranks.has(bytes) ? 1 : countBytePairs(bytes, ranks);
    if (seen.size >= MOST_PIECES) seen.clear();
    seen.set(detached(piece), count);
    return count;
  };
  return (text) => {
    let total = 0;
    for (let start = 0; start < text.length; ) {
      const end = preTokenEnd(text, start);
      const piece = text.slice(start, end);
      total += seen.get(piece) ?? countPiece(piece);
      start = end;
    }
    return total;
  };
}

/** The counter with its vocabulary, which takes about 0.2 s to load and is therefore loaded only for a build. */
export async function loadTokenCounter(): Promise<TokenCounter> {
  const { O200K_VOCABULARY } = await import("./o200k-vocabulary.ts");
  return createTokenCounter(O200K_VOCABULARY);
}

function ranksOf(vocabulary: readonly (string | readonly number[] | undefined)[]): Ranks {
  const ranks = new Map<string, number>();
  vocabulary.forEach((token, rank) => {
    if (token === undefined) return;
    if (typeof token !== "string") ranks.set(String.fromCharCode(...token), rank);
    else ranks.set(isAscii(token) ? token : Buffer.from(token, "utf8").toString("latin1"), rank);
  });
  return ranks;
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

/** A copy: a slice would keep the whole document in memory for as long as the cache lives. */
function detached(piece: string): string {
  return Buffer.from(piece, "utf16le").toString("utf16le");
}

const MOST_PIECES = 500_000;
