import type { SourceRange } from "./diagnostic.ts";
import type { Paint, Style } from "./paint.ts";
import { displayWidth, visibleText } from "./visible-text.ts";

export interface Frame {
  readonly text: string;
  readonly starts: readonly number[];
  readonly range: SourceRange;
  readonly style: Style;
  readonly paint: Paint;
}

/** The marked lines with two lines around them, at most eight, long ones cut to a window. */
export function renderFrame({ text, starts, range, style, paint }: Frame): readonly string[] {
  const { start, end } = range;
  const last = Math.max(
    start.line,
    end.column === 1 && end.line > start.line ? end.line - 1 : end.line,
  );
  const first = Math.max(1, start.line - CONTEXT);
  const until = Math.min(starts.length, Math.min(last + CONTEXT, first + MOST_LINES - 1));
  const gutter = String(until).length;
  const lines: string[] = [];
  for (let line = first; line <= until; line += 1) {
    const content = lineText(text, starts, line);
    const marked = line >= start.line && line <= last;
    const from = line === start.line ? start.column - 1 : 0;
    const to = line === end.line ? end.column - 1 : content.length;
    const window = windowOf(content, marked ? from : 0);
    lines.push(paint("dim", `  ${String(line).padStart(gutter)} | `) + printable(window.text));
    if (!marked || (line !== start.line && content.trim() === "")) continue;
    lines.push(
      paint("dim", `  ${" ".repeat(gutter)} | `) + paint(style, underline(window, from, to)),
    );
  }
  return lines;
}

interface Window {
  readonly text: string;
  /** UTF-16 index in the line of the first character that is shown. */
  readonly offset: number;
}

function windowOf(line: string, column: number): Window {
  if (line.length <= WIDTH) return { text: line, offset: 0 };
  const offset = Math.max(0, Math.min(column - WIDTH / 4, line.length - WIDTH));
  return { text: line.slice(offset, offset + WIDTH), offset };
}

function underline({ text, offset }: Window, from: number, to: number): string {
  const start = Math.max(0, from - offset);
  const end = Math.max(start, Math.min(to - offset, text.length));
  const before = displayWidth(printable(text.slice(0, start)));
  return (
    " ".repeat(before) + "^".repeat(Math.max(1, displayWidth(printable(text.slice(start, end)))))
  );
}

function lineText(text: string, starts: readonly number[], line: number): string {
  return text.slice(starts[line - 1] ?? 0, starts[line] ?? text.length).replace(/[\r\n]+$/, "");
}

function printable(text: string): string {
  return visibleText(text.replaceAll("\t", "    "));
}

const CONTEXT = 2;
const MOST_LINES = 8;
const WIDTH = 120;
