import { byCodeUnit } from "../contract/code-unit-order.ts";
import { editDistance, letterMask, maskDistance } from "./edit-distance.ts";
import type { IndexedName, SearchIndex } from "./search-index.ts";
import { stemOf } from "./tokenize.ts";

/** A name near to what was typed. */
export interface NearName extends IndexedName {
  /** 1 for the same letters, less with each edit. */
  readonly similarity: number;
}

/** Names of the index within the edits that a query of this length may contain, in the order of the index. */
export function nearNames(index: SearchIndex, compact: string, extraEdits = 0): NearName[] {
  const limit = allowedEdits(compact.length) + extraEdits;
  const mask = letterMask(compact);
  const near: NearName[] = [];
  for (const entry of index.names(compact, limit)) {
    const name = entry.compact;
    if (Math.abs(name.length - compact.length) > limit) continue;
    if (maskDistance(letterMask(name), mask) > limit * 2) continue;
    const edits = editDistance(name, compact, limit);
    if (edits > limit) continue;
    const firstLetter = name[0] === compact[0] ? 0 : FIRST_LETTER_PENALTY;
    near.push({ ...entry, similarity: 1 - edits / (compact.length + 1) - firstLetter });
  }
  return near;
}

function allowedEdits(length: number): number {
  if (length <= 4) return length < 3 ? 0 : 1;
  if (length <= 5) return 1;
  return length <= 9 ? 2 : 3;
}

const FIRST_LETTER_PENALTY = 0.05; // typing errors rarely hit the first letter

/** A word of names that was probably meant, with the weight its matches count. */
export interface Correction {
  readonly term: string;
  readonly weight: number;
}

/** Up to three words of names that are nearest to a word that no document holds. */
export function corrections(vocabulary: Iterable<string>, word: string): Correction[] {
  const limit = word.length <= 4 ? 1 : 2;
  const mask = letterMask(word);
  const near: { word: string; distance: number }[] = [];
  for (const known of vocabulary) {
    const distance = wordDistance(known, word, { limit, mask });
    if (distance !== null) near.push({ word: known, distance });
  }
  near.sort((a, b) => a.distance - b.distance || byCodeUnit(a.word, b.word));
  const best = near[0]?.distance ?? 0;
  return near
    .filter(({ distance }) => distance <= best + CORRECTION_SPREAD)
    .slice(0, MAX_CORRECTIONS)
    .map(({ word: known, distance }) => ({
      term: stemOf(known),
      weight: CORRECTION_WEIGHT / (CORRECTION_DAMPING + distance),
    }));
}

function wordDistance(
  known: string,
  word: string,
  { limit, mask }: { limit: number; mask: number },
): number | null {
  const missing = known.length - word.length;
  if (missing > 0 && missing <= MAX_MISSING && known.startsWith(word)) {
    return PREFIX_DISTANCE + PREFIX_STEP * missing;
  }
  if (Math.abs(missing) > limit || maskDistance(letterMask(known), mask) > limit * 2) return null;
  const edits = editDistance(known, word, limit);
  if (edits > limit) return null;
  return edits + (known[0] === word[0] ? 0 : FIRST_LETTER_DISTANCE);
}

const CORRECTION_WEIGHT = 0.54;
const CORRECTION_DAMPING = 0.5;
const CORRECTION_SPREAD = 0.5; // edits beyond the best that are still taken
const MAX_CORRECTIONS = 3;
const MAX_MISSING = 8; // letters after a prefix
const PREFIX_DISTANCE = 0.8;
const PREFIX_STEP = 0.05;
const FIRST_LETTER_DISTANCE = 0.5;
