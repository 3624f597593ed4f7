/** Puts a colour on a text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;
export type Style = "red" | "yellow" | "blue" | "bold" | "dim" | "cyan";

/** Paints with ANSI colours. */
export function ansiPaint(style: Style, text: string): string {
  return `\u001B[${CODES[style]}m${text}\u001B[0m`;
}

/** Leaves texts as they are. */
export function plainPaint(_style: Style, text: string): string {
  return text;
}

const CODES: Readonly<Record<Style, number>> = {
  bold: 1,
  dim: 2,
  red: 31,
  yellow: 33,
  blue: 34,
  cyan: 36,
};
