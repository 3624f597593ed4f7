import type { SectionWords } from "./document-words.ts";
import { termHash } from "./term-hash.ts";
import type { TermMemory } from "./term-memory.ts";
import type { TermSums } from "./term-sums.ts";

/** How strongly terms speak for a section among those of its document: 1 to 15 by 16-bit hash of the term. */
export type SectionSketch = ReadonlyMap<number, number>;

/**
 * The sketches of all sections of one document, in their order, as `PackedSketch`.
 *
 * A term counts for more in a heading, in a short section, and when few sections hold it. `limit` is the number of
 * terms to keep beside those of the heading.
 */
export function sketchSections(
  sections: readonly SectionWords[],
  limit: number,
  { pool, sums, holders }: TermMemory,
): PackedSketch[] {
  const counted = sections.map((section) => countTerms(section, sums));
  for (const { terms } of counted) holders.addAll(terms, 1);
  const usual = counted.reduce((sum, { length }) => sum + length, 0) / Math.max(1, counted.length);
  const rarities = new Map<number, number>();
  const rarityOf = (term: number): number => {
    const count = holders.of(term);
    const known = rarities.get(count) ?? rarityIn(sections.length, count);
    rarities.set(count, known);
    return known;
  };
  const largest = rarityIn(sections.length, 1);
  const sketches = counted.map(({ terms, counts, headings, length }) => {
    const damping = 1 - LENGTH_WEIGHT + LENGTH_WEIGHT * (usual === 0 ? 1 : length / usual);
    const values = counts.map((count, i) => {
      return rarityOf(terms[i] as number) * saturated(count / damping);
    });
    const hashes = Uint16Array.from(terms, pool.hashOf);
    const kept = strongest({ values, hashes, headings }, limit);
    return pack(kept, { values, hashes, largest });
  });
  holders.clear();
  return sketches;
}

/** A sketch as sorted numbers, hash times 16 plus strength, each hash once. */
export type PackedSketch = Uint32Array;

export function toSketch(packed: PackedSketch): SectionSketch {
  return new Map(Array.from(packed, (pair) => [pair >>> 4, pair & 0x0f]));
}

/** 16-bit hash under which a term stands in a sketch. */
export function sketchHash(term: string): number {
  return termHash(term) & 0xffff;
}

interface CountedTerms {
  /** Distinct, those of the heading first. */
  readonly terms: readonly number[];
  readonly counts: Float64Array;
  /** Terms of the heading. */
  readonly headings: number;
  /** Words of the section. */
  readonly length: number;
}

function countTerms(section: SectionWords, sums: TermSums): CountedTerms {
  sums.addAll(section.heading, HEADING_WEIGHT);
  const headings = sums.terms.length;
  sums.addAll(section.above, PATH_WEIGHT);
  sums.addAll(section.code, CODE_WEIGHT);
  sums.addAll(section.text, TEXT_WEIGHT);
  const { terms } = sums;
  const counts = Float64Array.from(terms, (term) => sums.of(term));
  sums.clear();
  return { terms, counts, headings, length: section.code.length + section.text.length };
}

interface ValuedTerms {
  readonly values: Float64Array;
  readonly hashes: Uint16Array;
  readonly headings: number;
}

/** Positions of the terms of the heading and of the `limit` others with the highest values; of equal ones by hash. */
function strongest({ values, hashes, headings }: ValuedTerms, limit: number): number[] {
  const all = [...values.keys()];
  if (values.length - headings <= limit) return all;
  const sorted = values.slice(headings).sort();
  const least = sorted[sorted.length - limit] as number;
  const isBody = (i: number): boolean => i >= headings;
  const kept = all.filter((i) => !isBody(i) || (values[i] as number) > least);
  const equal = all
    .filter((i) => isBody(i) && values[i] === least)
    .sort((a, b) => (hashes[a] as number) - (hashes[b] as number));
  return [...kept, ...equal.slice(0, headings + limit - kept.length)];
}

function pack(
  kept: readonly number[],
  { values, hashes, largest }: Omit<ValuedTerms, "headings"> & { readonly largest: number },
): PackedSketch {
  const pairs = Uint32Array.from(kept, (i) => {
    const steps = Math.round(((values[i] as number) / largest) * MAX_STRENGTH);
    return (hashes[i] as number) * 16 + Math.max(1, Math.min(MAX_STRENGTH, steps));
  }).sort();
  // Of terms with the same hash the strongest stands last.
  return pairs.filter(
    (pair, i) => i + 1 === pairs.length || pair >>> 4 !== (pairs[i + 1] as number) >>> 4,
  );
}

function rarityIn(sections: number, holders: number): number {
  return Math.log(1 + (sections - holders + 0.5) / (holders + 0.5));
}

function saturated(count: number): number {
  return count / (count + SATURATION);
}

const HEADING_WEIGHT = 8;
const PATH_WEIGHT = 0.5;
const CODE_WEIGHT = 0.5;
const TEXT_WEIGHT = 0.5;
const LENGTH_WEIGHT = 0.5; // 0 ignores the length of a section, 1 divides by it
const SATURATION = 3; // weighted occurrences that give half of the strength
const MAX_STRENGTH = 15; // four bits
