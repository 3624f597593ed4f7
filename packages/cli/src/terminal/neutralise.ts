/**
 * Text without the characters that move a terminal's cursor, change its state or its reading order;
 * each is shown by a visible stand-in.
 *
 * Line feeds, tabs and the carriage return of a CRLF stay.
 */
export function neutralise(text: string): string {
  return UNSAFE.test(text) ? text.replace(UNSAFE_ALL, standIn) : text;
}

/** One line of at most `limit` characters for an error message: controls shown, the rest cut. */
export function quoteInput(input: string, limit = 80): string {
  const characters = Array.from(
    neutralise(input).replaceAll("\n", "␊").replaceAll("\t", "␉").replaceAll("\r", "␍"),
  );
  const cut =
    characters.length > limit ? `${characters.slice(0, limit).join("")}…` : characters.join("");
  return `"${cut}"`;
}

function standIn(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "␡";
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}

// C0 and C1 controls; bidirectional marks, embeddings, overrides and isolates; the tag characters.
const UNSAFE_CLASS =
  "[\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\u{E0000}-\\u{E007F}]|\\r(?!\\n)";
const UNSAFE = new RegExp(UNSAFE_CLASS, "u");
const UNSAFE_ALL = new RegExp(UNSAFE_CLASS, "gu");
