import type { Point, Range } from "@chub/registry";
import type { Node } from "mdast";

/** Turns places in the text of a file into places in its bytes. */
export interface SourcePositions {
  /** 0-based byte offset of a UTF-16 offset. */
  byte(offset: number): number;
  /** Line, column and byte offset of a UTF-16 offset. */
  point(offset: number): Point;
  /** Byte range of a node. */
  range(node: Node): Range;
  /** UTF-16 offset at which the line of an offset starts. */
  lineStart(offset: number): number;
  readonly lines: number;
  readonly eol: "lf" | "crlf" | "mixed";
}

/**
 * Positions of one file. Lines end at `\n`, `\r\n` or `\r`, as in CommonMark.
 *
 * A byte order mark that decoding took from the text still counts as three bytes.
 */
export function sourcePositions(text: string, bytes: Uint8Array): SourcePositions {
  const lines = readLines(text);
  const byte = byteOffsets(text, bytes);
  const point = (offset: number): Point => {
    const line = lineAt(lines.starts, offset);
    return { line: line + 1, column: offset - lines.starts[line]! + 1, offset: byte(offset) };
  };
  return {
    byte,
    point,
    range: (node) => ({ start: point(startOf(node)), end: point(endOf(node)) }),
    lineStart: (offset) => lines.starts[lineAt(lines.starts, offset)]!,
    lines:
      text.length === 0 ? 0 : lines.starts.length - (lines.starts.at(-1) === text.length ? 1 : 0),
    eol: lines.crlf === 0 ? "lf" : lines.lf === 0 ? "crlf" : "mixed",
  };
}

/** UTF-16 offset of the first character of a node. */
export function startOf(node: Node): number {
  return node.position?.start.offset ?? 0;
}

/** UTF-16 offset behind the last character of a node. */
export function endOf(node: Node): number {
  return node.position?.end.offset ?? 0;
}

function byteOffsets(text: string, bytes: Uint8Array): (offset: number) => number {
  const marked =
    bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf && !text.startsWith("\uFEFF");
  const base = marked ? 3 : 0;
  if (bytes.length - base === text.length) return (offset) => offset + base;
  const offsets = new Uint32Array(text.length + 1);
  let at = base;
  for (let index = 0; index < text.length; index++) {
    offsets[index] = at;
    at += utf8Length(text.charCodeAt(index));
  }
  offsets[text.length] = at;
  return (offset) => offsets[Math.min(offset, text.length)]!;
}

/** Bytes of a UTF-16 code unit; the two halves of a surrogate pair share the four bytes of their character. */
function utf8Length(unit: number): number {
  if (unit < 0x80) return 1;
  if (unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff)) return 2;
  return 3;
}

interface Lines {
  readonly starts: readonly number[];
  readonly lf: number;
  readonly crlf: number;
}

function readLines(text: string): Lines {
  const starts = [0];
  let crlf = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit !== LF && unit !== CR) continue;
    if (unit === CR && text.charCodeAt(at + 1) === LF) {
      at++;
      crlf++;
    }
    starts.push(at + 1);
  }
  return { starts, lf: starts.length - 1 - crlf, crlf };
}

/** Index of the last line that starts at or before an offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

const LF = 0x0a;
const CR = 0x0d;
