import { ChubError } from "../chub-error.ts";
import type { OutlineItem, TextPart } from "../catalog/catalog.ts";
import type { CutPoint, DocumentStructure, StructuredSection } from "./document-structure.ts";
import { fitBudget, relevanceOrder, type BudgetUnit } from "./fit-budget.ts";

/** How the addresses of an entry's sections begin. */
export interface Place {
  /** Address of the entry, with the version when it is not the one served by default. */
  readonly base: string;
  /** The file whose sections need no file in their address. */
  readonly entryFile: string;
}

/** A file of a text, read and verified. */
export interface LoadedFile {
  /** Relative to the variant's folder. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly sha256?: string;
  /** Null for a file without AST. */
  readonly structure: DocumentStructure | null;
  /** Of the whole file, when known without a structure. */
  readonly tokens?: number;
}

/** A stretch of a file that was asked for: all of it, a section, or a section's own text. */
export interface Stretch {
  readonly file: LoadedFile;
  readonly start: number;
  readonly end: number;
  readonly section?: StructuredSection;
  /** Upper bound; absent when the artifact carries no counts. */
  readonly tokens?: number;
}

export interface Selection {
  readonly parts: readonly TextPart[];
  readonly omitted: readonly OutlineItem[];
}

export interface Budget {
  readonly maxTokens: number;
  /** One score a text, 0 for no match; absent: document order. */
  readonly score?: (
    texts: readonly { readonly path: readonly string[]; readonly text: string }[],
  ) => readonly number[];
}

/** The whole file as a stretch. */
export function wholeFile(file: LoadedFile): Stretch {
  const tokens = file.structure?.tokens ?? file.tokens;
  return { file, start: 0, end: file.bytes.length, ...(tokens === undefined ? {} : { tokens }) };
}

/** A section with its sub-sections as a stretch. */
export function wholeSection(file: LoadedFile, section: StructuredSection): Stretch {
  return { file, section, start: section.start, end: section.end, tokens: section.tokens };
}

/** A section's own text as a stretch. */
export function ownText(file: LoadedFile, section: StructuredSection): Stretch {
  return { file, section, start: section.start, end: section.bodyEnd, tokens: section.bodyTokens };
}

/** Stretches as they are, without a budget. Errors: ChubError INTEGRITY when a file is not UTF-8. */
export function takeAll(stretches: readonly Stretch[]): Selection {
  return { parts: stretches.map((stretch) => toPart(stretch)), omitted: [] };
}

/**
 * As much of the stretches as the budget allows: all of them when they fit, else whole sections by
 * relevance or in document order; what was left out or cut is listed with its address.
 *
 * Where no counts are known a byte counts as a token, which is never too little.
 */
export function takeWithin(stretches: readonly Stretch[], budget: Budget, place: Place): Selection {
  const total = stretches.reduce((sum, stretch) => sum + tokensOf(stretch), 0);
  if (total <= budget.maxTokens) return takeAll(stretches);
  const pieces = stretches.flatMap(splitIntoOwnTexts);
  const units = pieces.map((piece): BudgetUnit => ({
    tokens: tokensOf(piece),
    cuts: cutsOf(piece),
  }));
  const kept = fitBudget(units, budget.maxTokens, orderOf(pieces, budget));
  const parts = kept.flatMap(({ index, cut }) => {
    const piece = pieces[index];
    return piece === undefined || piece.start === piece.end ? [] : [toPart(piece, cut)];
  });
  const whole = new Set(kept.filter(({ cut }) => cut === undefined).map(({ index }) => index));
  const left = pieces.filter((piece, index) => !whole.has(index) && piece.start < piece.end);
  return { parts, omitted: left.map((piece) => outlineItem(piece, place)) };
}

/** A stretch as a line of an outline. */
export function outlineItem(stretch: Stretch, { base, entryFile }: Place): OutlineItem {
  const { file, section } = stretch;
  const place = file.path === entryFile ? [] : [file.path];
  if (section === undefined) {
    const tokens = tokensOf(stretch);
    const lines = { startLine: 1, endLine: countLines(file.bytes) };
    const address = [base, ...place].join("#");
    return {
      address,
      file: file.path,
      slug: "",
      heading: "",
      depth: 0,
      ...lines,
      tokens,
      bodyTokens: tokens,
    };
  }
  const { slug, heading, depth, startLine, endLine, tokens, bodyTokens } = section;
  const address = [base, ...place, slug].join("#");
  return { address, file: file.path, slug, heading, depth, startLine, endLine, tokens, bodyTokens };
}

/** Bodies of all sections in a stretch, or the stretch itself when it has no structure or is one body already. */
function splitIntoOwnTexts(stretch: Stretch): readonly Stretch[] {
  const { file, start, end } = stretch;
  const inside = (file.structure?.sections ?? []).filter(
    (section) => section.start >= start && section.bodyEnd <= end,
  );
  return inside.length < 2 ? [stretch] : inside.map((section) => ownText(file, section));
}

/** Sections may be cut between their blocks; text without structure after an empty line. */
function cutsOf({ file, section, start, end }: Stretch): readonly CutPoint[] {
  if (section !== undefined) return section.cuts;
  const cuts: CutPoint[] = [];
  for (let at = start + 1; at < end; at += 1) {
    if (file.bytes[at - 1] === LINE_FEED && file.bytes[at] === LINE_FEED)
      cuts.push({ offset: at + 1, tokens: at + 1 - start });
  }
  return cuts;
}

function orderOf(pieces: readonly Stretch[], { score }: Budget): readonly number[] {
  if (score === undefined) return pieces.map((_, index) => index);
  const texts = pieces.map((piece) => ({
    path: piece.section?.path ?? [piece.file.path],
    text: decode(piece.file, piece.start, piece.end),
  }));
  return relevanceOrder(score(texts));
}

function tokensOf({ tokens, start, end }: Pick<Stretch, "tokens" | "start" | "end">): number {
  return tokens ?? end - start;
}

function toPart({ file, section, start, end, tokens }: Stretch, cut?: CutPoint): TextPart {
  const stop = cut?.offset ?? end;
  const startLine = section?.startLine ?? 1;
  const counted = cut?.tokens ?? tokens;
  return {
    file: file.path,
    ...(section === undefined ? {} : { section: section.slug }),
    content: decode(file, start, stop),
    ...(file.sha256 === undefined ? {} : { sha256: file.sha256 }),
    ...(counted === undefined ? {} : { tokens: counted }),
    startLine,
    endLine: startLine + Math.max(0, countLines(file.bytes.subarray(start, stop)) - 1),
    cut: cut !== undefined,
  };
}

/** Lines that the bytes touch; a line feed at the end does not begin another. */
function countLines(bytes: Uint8Array): number {
  let feeds = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1))
    feeds += 1;
  return bytes.length > 0 && bytes.at(-1) !== LINE_FEED ? feeds + 1 : Math.max(1, feeds);
}

function decode(file: LoadedFile, start: number, end: number): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      file.bytes.subarray(start, end),
    );
  } catch (cause) {
    throw new ChubError("INTEGRITY", `Refused ${file.path}: it is not text in UTF-8`, {
      hint: "Ask for other files of the entry with `--file`.",
      cause,
    });
  }
}

const LINE_FEED = 0x0a;
