import type { DocumentStructure, StructuredSection } from "./document-structure.ts";

/**
 * The section that a request means: its slug, its heading path (`Webhooks > Verify`, from any level
 * on), or a heading that only one section has. Null when none or several do.
 */
export function findSection(
  structure: DocumentStructure,
  request: string,
): StructuredSection | null {
  const wanted = request.trim();
  const bySlug =
    structure.sections.find(({ slug }) => slug === wanted) ??
    structure.sections.find(({ slug }) => slug === wanted.toLowerCase());
  if (bySlug !== undefined) return bySlug;
  const path = wanted.split(">").map(headingKey);
  const matches = structure.sections.filter((section) =>
    endsWith(section.path.map(headingKey), path),
  );
  return matches.length === 1 ? (matches[0] ?? null) : null;
}

/** Sections whose code uses an identifier: by its whole name, else by its last part, else whatever the case. */
export function sectionsUsing(
  structure: DocumentStructure,
  symbol: string,
): readonly StructuredSection[] {
  const wanted = symbol.trim().replace(/\(\)$/, "");
  const tests = [
    (name: string) => name === wanted,
    (name: string) => lastPart(name) === wanted,
    (name: string) => lastPart(name).toLowerCase() === lastPart(wanted).toLowerCase(),
  ];
  for (const test of tests) {
    const indexes = structure.identifiers
      .filter(({ name }) => test(name))
      .flatMap(({ sections }) => sections);
    const found = [...new Set(indexes)]
      .sort((a, b) => a - b)
      .flatMap((index) => structure.sections[index] ?? []);
    if (found.length > 0) return found;
  }
  return [];
}

function endsWith(path: readonly string[], end: readonly string[]): boolean {
  return (
    path.length >= end.length &&
    end.every((heading, index) => heading === path[path.length - end.length + index])
  );
}

function headingKey(heading: string): string {
  return heading.trim().replaceAll(/\s+/g, " ").toLowerCase();
}

function lastPart(name: string): string {
  return name.slice(
    Math.max(name.lastIndexOf("."), name.lastIndexOf("::") + 1, name.lastIndexOf("->") + 1) + 1,
  );
}
