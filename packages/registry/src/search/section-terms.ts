import type { SectionWords } from "./document-words.ts";
import { termHash } from "./term-hash.ts";

/** How strongly terms speak for a section among those of its document: 1 to 15 by 16-bit hash of the term. */
export type SectionSketch = ReadonlyMap<number, number>;

/**
 * The sketches of all sections of one document, in their order.
 *
 * A term counts for more in a heading, in a short section, and when few sections hold it. `limit` is the number of
 * terms to keep beside those of the heading.
 */
export function sketchSections(sections: readonly SectionWords[], limit: number): SectionSketch[] {
  const counted = sections.map(countTerms);
  const holders = new Map<string, number>();
  for (const { counts } of counted) {
    for (const term of counts.keys()) holders.set(term, (holders.get(term) ?? 0) + 1);
  }
  const usual = counted.reduce((sum, { length }) => sum + length, 0) / Math.max(1, counted.length);
  return counted.map(({ counts, headingTerms, length }) => {
    const damping = 1 - LENGTH_WEIGHT + LENGTH_WEIGHT * (usual === 0 ? 1 : length / usual);
    const valued = [...counts].map(([term, count]) => ({
      term,
      value: rarityIn(sections.length, holders.get(term) ?? 1) * saturated(count / damping),
      heading: headingTerms.has(term),
    }));
    const kept = strongest(valued, limit);
    return toSketch(kept, rarityIn(sections.length, 1));
  });
}

/** 16-bit hash under which a term stands in a sketch. */
export function sketchHash(term: string): number {
  return termHash(term) & 0xffff;
}

interface ValuedTerm {
  readonly term: string;
  readonly value: number;
  readonly heading: boolean;
}

function countTerms(section: SectionWords) {
  const counts = new Map<string, number>();
  const add = (terms: readonly string[], weight: number): void => {
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + weight);
  };
  add(section.heading, HEADING_WEIGHT);
  const headingTerms = new Set(counts.keys());
  add(section.above, PATH_WEIGHT);
  add(section.code, CODE_WEIGHT);
  add(section.text, TEXT_WEIGHT);
  return { counts, headingTerms, length: section.code.length + section.text.length };
}

function strongest(terms: readonly ValuedTerm[], limit: number): ValuedTerm[] {
  const body = terms.filter(({ heading }) => !heading);
  if (body.length <= limit) return [...terms];
  body.sort((a, b) => b.value - a.value || sketchHash(a.term) - sketchHash(b.term));
  return [...terms.filter(({ heading }) => heading), ...body.slice(0, limit)];
}

function toSketch(terms: readonly ValuedTerm[], largest: number): Map<number, number> {
  const sketch = new Map<number, number>();
  for (const { term, value } of terms) {
    const strength = Math.max(
      1,
      Math.min(MAX_STRENGTH, Math.round((value / largest) * MAX_STRENGTH)),
    );
    const hash = sketchHash(term);
    sketch.set(hash, Math.max(sketch.get(hash) ?? 0, strength));
  }
  return sketch;
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
