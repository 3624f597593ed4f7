import type { Section } from "@chub/registry";
import GithubSlugger from "github-slugger";
import type { Heading, Root } from "mdast";
import { plainText } from "./plain-text.ts";
import type { SourcePositions } from "./source-positions.ts";
import { startOf } from "./source-positions.ts";
import { countBodies } from "./tokens/count-bodies.ts";
import type { TokenCounter } from "./tokens/token-counter.ts";

/** A section with the stretch of its own text in UTF-16 offsets. */
export interface CutSection {
  readonly heading: Heading | null;
  readonly start: number;
  readonly bodyEnd: number;
}

/**
 * Cuts a document at its top-level headings. Section 0 is what stands before the first of them; the own texts of all
 * sections, one after another, are the document.
 */
export function cutSections(
  tree: Root,
  text: string,
  positions: SourcePositions,
): readonly CutSection[] {
  const headings = tree.children.filter((node) => node.type === "heading");
  const starts = [0, ...headings.map((heading) => positions.lineStart(startOf(heading)))];
  return starts.map((start, index) => ({
    heading: index === 0 ? null : headings[index - 1]!,
    start,
    bodyEnd: starts[index + 1] ?? text.length,
  }));
}

/** What `describeSections` reads besides the cuts. */
export interface SectionInputs {
  readonly tree: Root;
  readonly text: string;
  readonly positions: SourcePositions;
  readonly countTokens: TokenCounter;
}

/** The sections of the AST: addresses, outline, ranges and token counts. In document order. */
export function describeSections(cuts: readonly CutSection[], inputs: SectionInputs): Section[] {
  const { positions } = inputs;
  const outline = outlineOf(cuts);
  const blocks = blocksOf(cuts, inputs);
  const tokens = countBodies(
    cuts.map((cut, index) => splitAt(inputs.text, [cut.start, ...blocks[index]!, cut.bodyEnd])),
    inputs.countTokens,
  );
  const slugger = new GithubSlugger();
  return cuts.map((cut, index) => {
    const last = outline.lasts[index]!;
    const end = cuts[last]!.bodyEnd;
    const heading = headingText(cut);
    return {
      index,
      // Section 0 takes the empty slug first, so that a heading without text gets another.
      slug: slugger.slug(heading),
      heading,
      depth: depthOf(cut),
      path: pathTo(cuts, outline.parents, index),
      parent: outline.parents[index]!,
      children: outline.children[index]!,
      range: { start: positions.point(cut.start), end: positions.point(end) },
      bodyEnd: positions.byte(cut.bodyEnd),
      tokens: tokens.slice(index, last + 1).reduce((sum, { total }) => sum + total, 0),
      bodyTokens: tokens[index]!.total,
      blocks: blocks[index]!.map((offset) => positions.byte(offset)),
      blockTokens: [...tokens[index]!.before],
    };
  });
}

interface Outline {
  readonly parents: readonly (number | null)[];
  readonly children: readonly number[][];
  /** Index of the last section inside each one, itself when it has no sub-sections. */
  readonly lasts: readonly number[];
}

function outlineOf(cuts: readonly CutSection[]): Outline {
  const parents: (number | null)[] = [];
  const children: number[][] = cuts.map(() => []);
  const lasts = cuts.map((_, index) => index);
  const open: number[] = [];
  for (const [index, cut] of cuts.entries()) {
    while (open.length > 0 && depthOf(cuts[open.at(-1)!]!) >= depthOf(cut)) open.pop();
    const parent = open.at(-1) ?? null;
    parents.push(parent);
    if (parent !== null) children[parent]!.push(index);
    for (const above of open) lasts[above] = index;
    if (index > 0) open.push(index);
  }
  return { parents, children, lasts };
}

function depthOf(cut: CutSection): number {
  return cut.heading?.depth ?? 0;
}

function headingText(cut: CutSection): string {
  return cut.heading === null ? "" : plainText(cut.heading);
}

function pathTo(cuts: readonly CutSection[], parents: Outline["parents"], index: number): string[] {
  const path: string[] = [];
  for (let at: number | null = index; at !== null && at > 0; at = parents[at]!)
    path.unshift(headingText(cuts[at]!));
  return path;
}

/** UTF-16 offsets of the lines on which the top-level blocks below each heading start. */
function blocksOf(
  cuts: readonly CutSection[],
  { tree, positions }: SectionInputs,
): readonly number[][] {
  const blocks: number[][] = cuts.map(() => []);
  let section = 0;
  for (const node of tree.children) {
    if (node.type === "heading") section++;
    else if (node.type !== "yaml") blocks[section]!.push(positions.lineStart(startOf(node)));
  }
  return blocks;
}

function splitAt(text: string, offsets: readonly number[]): string[] {
  return offsets.slice(1).map((end, index) => text.slice(offsets[index], end));
}
