import type { Block, Line, Span, Tone } from "../reply.ts";
import { cutToWidth, displayWidth } from "./display-width.ts";
import { neutralise } from "./neutralise.ts";

/** What a stream is. */
export interface StreamTraits {
  readonly isTerminal: boolean;
  readonly hasColour: boolean;
  /** Width of the terminal. */
  readonly columns: number;
}

/** The text of a block for a stream: neutralised, styled and cut on a terminal, exact elsewhere. */
export function renderBlock(block: Block, stream: StreamTraits): string {
  if (block.kind === "document") return stream.isTerminal ? neutralise(block.text) : block.text;
  const spans = stream.isTerminal ? block.spans.map(neutralised) : block.spans;
  const fitting =
    block.fits === true && stream.isTerminal ? cutSpans(spans, stream.columns) : spans;
  return `${fitting.map((span) => paint(span, stream.hasColour)).join("")}\n`;
}

function neutralised(span: Span): Span {
  return { ...span, text: neutralise(span.text).replaceAll("\n", "␊") };
}

function cutSpans(spans: Line["spans"], columns: number): Span[] {
  let left = columns;
  const kept: Span[] = [];
  for (const span of spans) {
    if (left <= 0) break;
    const text = cutToWidth(span.text, left);
    kept.push({ ...span, text });
    left -= displayWidth(text);
  }
  return kept;
}

function paint(span: Span, hasColour: boolean): string {
  if (!hasColour || span.tone === undefined || span.text === "") return span.text;
  const [open, close] = CODES[span.tone];
  return `\u001B[${open}m${span.text}\u001B[${close}m`;
}

// Source: ECMA-48, select graphic rendition.
const CODES: Readonly<Record<Tone, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
};
