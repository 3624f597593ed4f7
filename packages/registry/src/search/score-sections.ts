import { sectionWords } from "./document-words.ts";
import type { ScorableSection } from "./search-types.ts";
import { sketchHash, sketchSections, toSketch, type SectionSketch } from "./section-terms.ts";
import { createTermMemory } from "./term-memory.ts";
import { tokenize } from "./tokenize.ts";

/**
 * How well each section of one document answers a query; 0 when it holds no word of it.
 *
 * Scores compare sections of the same document only.
 */
export function scoreSections(query: string, sections: readonly ScorableSection[]): number[] {
  const memory = createTermMemory();
  const words = sections.map(({ path, text }) =>
    sectionWords({ path, text, code: "" }, memory.pool),
  );
  const sketches = sketchSections(words, Infinity, memory).map(toSketch);
  return scoreSketches(sectionQuery(query), sketches);
}

/** The hashes of a query's terms. */
export function sectionQuery(query: string): readonly number[] {
  const hashes = new Set<number>();
  const words = tokenize(query);
  for (const { parts, joined } of words) {
    for (const term of [...parts, ...joined]) hashes.add(sketchHash(term));
  }
  return [...hashes];
}

/** Sum of the strengths, lowered when a section misses words that others of the document hold. */
export function scoreSketches(
  hashes: readonly number[],
  sketches: readonly SectionSketch[],
): number[] {
  const best = hashes.map((hash) =>
    sketches.reduce((most, sketch) => Math.max(most, sketch.get(hash) ?? 0), 0),
  );
  const possible = best.reduce((sum, value) => sum + value, 0);
  return sketches.map((sketch) => {
    if (sketch.size === 0 || possible === 0) return 0;
    let score = 0;
    let covered = 0;
    hashes.forEach((hash, i) => {
      const strength = sketch.get(hash);
      if (strength === undefined) return;
      score += strength;
      covered += best[i] ?? 0;
    });
    return score * (1 - COVERAGE_WEIGHT + (COVERAGE_WEIGHT * covered) / possible);
  });
}

const COVERAGE_WEIGHT = 0.3; // 0 ignores missing words, 1 multiplies by the share that is there
