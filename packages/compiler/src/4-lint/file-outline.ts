import type { ParsedFile } from "../2-parse/parsed-file.ts";
import type { SourceRange } from "../diagnostics/diagnostic.ts";
import { FILE_START, lineStartsOf, rangeBetween } from "../diagnostics/text-position.ts";
import { headingTexts } from "./anchors.ts";
import { frontmatterPlaces } from "./front-matter-place.ts";
import { relativeLinksOf, type RelativeLink } from "./relative-links.ts";
import { textSketch } from "./text-sketch.ts";
import { suppressionsOf, type Suppression } from "./suppressions.ts";

/** What rules across documents need of a Markdown file. Plain data without the tree, kept for the whole run. */
export interface FileOutline {
  readonly path: string;
  /** Texts of the headings that can be linked, see `anchorsOf`. */
  readonly headings: readonly string[];
  readonly links: readonly RelativeLink[];
  /** Names of Markdown files in the text, without folders. */
  readonly mentions: readonly string[];
  /** Of the text without the front matter, see `textSketch`; empty for references. */
  readonly sketch: readonly number[];
  /** Where front matter values stand, by key (`name`, `metadata.source`). */
  readonly places: Readonly<Record<string, SourceRange>>;
  readonly suppressions: readonly Suppression[];
}

/** The outline of a parsed file. */
export function outlineFile(parsed: ParsedFile): FileOutline {
  return {
    path: parsed.source.path,
    headings: headingTexts(parsed.tree),
    mentions: mentionsIn(parsed.text),
    links: relativeLinksOf(parsed),
    sketch: sketchOf(parsed),
    places: placesOf(parsed),
    suppressions: suppressionsOf(parsed),
  };
}

/** Where a value stands; the start of the file when it is not there. */
export function placeOf(outline: FileOutline | undefined, key: string): SourceRange {
  return outline?.places[key] ?? FILE_START;
}

function placesOf(parsed: ParsedFile): Readonly<Record<string, SourceRange>> {
  const { frontmatter, text, kind } = parsed;
  if (frontmatter === null || kind === "reference") return {};
  const lines = lineStartsOf(text.slice(0, frontmatter.offset + frontmatter.yaml.length));
  const places = Object.entries(frontmatterPlaces(parsed));
  return Object.fromEntries(
    places.map(([key, [start, end]]) => [key, rangeBetween(lines, start, end)]),
  );
}

function mentionsIn(text: string): readonly string[] {
  if (!text.includes(".md")) return [];
  return [...new Set(Array.from(text.matchAll(/[\w.-]+\.md\b/g), ([name]) => name))];
}

function sketchOf({ text, frontmatter, kind }: ParsedFile): readonly number[] {
  if (kind === "reference") return [];
  return textSketch(
    frontmatter === null ? text : text.slice(frontmatter.offset + frontmatter.yaml.length),
  );
}
