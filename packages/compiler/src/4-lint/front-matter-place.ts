import type { ParsedFile } from "../2-parse/parsed-file.ts";

/** Text range of a value of the front matter. Offsets in the file. */
export type TextRange = readonly [start: number, end: number];

/**
 * Where the values of a front matter stand, by key (`name`, `metadata.versions`).
 *
 * By lines and not by a YAML parser: it serves messages about blocks that have parsed. A value of several lines is
 * shown at its first.
 */
export function frontmatterPlaces({
  frontmatter,
}: ParsedFile): Readonly<Record<string, TextRange>> {
  if (frontmatter === null) return {};
  const places: Record<string, TextRange> = {};
  for (const match of frontmatter.yaml.matchAll(KEY_LINE)) {
    const [, indent = "", key = "", space = "", value = ""] = match;
    const start = frontmatter.offset + match.index + indent.length + key.length + 1 + space.length;
    places[indent === "" ? key : `metadata.${key}`] ??= [start, start + value.trimEnd().length];
  }
  return places;
}

/** Where one value stands; the first key of the block when it is not there. */
export function frontmatterPlace(parsed: ParsedFile, key: string): TextRange {
  const offset = parsed.frontmatter?.offset ?? 0;
  return frontmatterPlaces(parsed)[key] ?? [offset, offset];
}

const KEY_LINE = /^( *)([\w-]+):([ \t]*)(.*)$/gm;
