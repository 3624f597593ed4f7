import type { SourcePoint, SourceRange } from "./diagnostic.ts";

/** Offsets at which the lines of a text start; the first is 0. Lines end with LF, CRLF or CR. */
export function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  const carriage = text.includes("\r");
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  if (!carriage) return starts;
  for (let at = text.indexOf("\r"); at !== -1; at = text.indexOf("\r", at + 1)) {
    if (text[at + 1] !== "\n") starts.push(at + 1);
  }
  return starts.sort((a, b) => a - b);
}

/** Line and column of an offset; an offset past the end gives the end. */
export function pointAt(lineStarts: readonly number[], offset: number): SourcePoint {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1, offset };
}

/** Range between two offsets of a text. For many ranges of one text, find the line starts once. */
export function rangeBetween(
  lineStarts: readonly number[],
  start: number,
  end: number,
): SourceRange {
  return { start: pointAt(lineStarts, start), end: pointAt(lineStarts, end) };
}

/** Range of one place in a text. */
export function rangeIn(text: string, start: number, end: number): SourceRange {
  return rangeBetween(lineStartsOf(text), start, end);
}

/** The very start of a file, for problems of the file as a whole. */
export const FILE_START: SourceRange = {
  start: { line: 1, column: 1, offset: 0 },
  end: { line: 1, column: 1, offset: 0 },
};

/** Range of a node; keys in one order, because engines differ in theirs and output must not. */
export function rangeOfPosition({ start, end }: NodePosition): SourceRange {
  return { start: sourcePoint(start), end: sourcePoint(end) };
}

function sourcePoint({ line, column, offset = 0 }: NodePoint): SourcePoint {
  return { line, column, offset };
}

/** Position of a unist node. */
interface NodePosition {
  readonly start: NodePoint;
  readonly end: NodePoint;
}

interface NodePoint {
  readonly line: number;
  readonly column: number;
  readonly offset?: number | undefined;
}
