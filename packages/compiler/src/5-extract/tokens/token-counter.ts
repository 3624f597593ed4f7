import { BytePairCounter } from "./byte-pairs.ts";
import { SpanTable, spanHash } from "./span-table.ts";
import { preTokenEnd, readText, scanOf } from "./split-text.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** o200k_base tokens of a text. Special tokens such as `<|endoftext|>` count as the text they are. */
export type TokenCounter = (text: string) => number;

/**
 * A counter that remembers the pieces it has seen, because words repeat.
 *
 * One counter is one cache of about 30 MB: make it once per run.
 */
export function createTokenCounter(vocabulary: Vocabulary): TokenCounter {
  const ranks = ranksOf(vocabulary);
  const pairs = new BytePairCounter(ranks);
  const seen = new SpanTable(MOST_PIECES);
  let scan = scanOf(64 * 1024);
  const countPiece = (start: number, end: number): number => {
    const { units } = scan;
    const bytes = utf8Units(units.subarray(start, end));
    const whole = ranks.find(bytes, 0, bytes.length, spanHash(bytes, 0, bytes.length));
    const count = whole >= 0 ? 1 : pairs.count(bytes, bytes.length);
    if (end - start > LONGEST_PIECE) return count;
    if (seen.full) seen.clear();
    seen.add(units, start, end, count);
    return count;
  };
  return (text) => {
    scan = readText(text, scan);
    const { units } = scan;
    let total = 0;
    for (let start = 0; start < text.length;) {
      const end = preTokenEnd(scan, start);
      const known = seen.find(units, start, end, spanHash(units, start, end));
      total += known >= 0 ? known : countPiece(start, end);
      start = end;
    }
    return total;
  };
}

/** The counter with its vocabulary, which takes about 0.1 s to load and is therefore loaded only for a build. */
export async function loadTokenCounter(): Promise<TokenCounter> {
  const { O200K_VOCABULARY } = await import("./o200k-vocabulary.ts");
  return createTokenCounter(O200K_VOCABULARY);
}

function ranksOf(vocabulary: Vocabulary): SpanTable {
  const ranks = new SpanTable(vocabulary.length);
  const scratch = new Uint16Array(LONGEST_TOKEN);
  for (const [rank, token] of vocabulary.entries()) {
    if (token !== undefined) ranks.add(scratch, 0, writeBytes(token, scratch), rank);
  }
  return ranks;
}

/** Writes the bytes of a token, one a unit; gives their number. */
function writeBytes(token: string | readonly number[], into: Uint16Array): number {
  const bytes = typeof token === "string" && !isAscii(token) ? Buffer.from(token, "utf8") : token;
  for (let at = 0; at < bytes.length; at++)
    into[at] = typeof bytes === "string" ? bytes.charCodeAt(at) : bytes[at]!;
  return bytes.length;
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

/** UTF-8 bytes of a piece, one a unit; ASCII is its own. */
function utf8Units(piece: Uint16Array): Uint16Array {
  if (piece.every((unit) => unit < 128)) return piece;
  const text = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString("utf16le");
  return Uint16Array.from(Buffer.from(text, "utf8"));
}

const MOST_PIECES = 400_000;
const LONGEST_PIECE = 200; // code units; longer ones are rarely seen twice
const LONGEST_TOKEN = 1024; // bytes; the longest of the vocabulary has 128
