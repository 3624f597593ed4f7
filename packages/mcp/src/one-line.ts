/**
 * Text of a source or a client as one line of at most `limit` characters, for the sentences of ours it stands in.
 *
 * White space becomes single spaces. Controls, bidirectional marks, zero-width and tag characters are
 * replaced: they would show something else than is there.
 */
export function oneLine(text: string, limit: number): string {
  // Nearly all text is in order, and a search result holds dozens.
  if (text.length <= limit && !UNTIDY.test(text)) return text;
  // Cut before the replacements: a megabyte of input must not be looked at for a hundred characters.
  const start = text.length > limit * 8 ? text.slice(0, limit * 8) : text;
  const characters = Array.from(start.replace(/\s+/gu, " ").trim().replace(UNSAFE, "\uFFFD"));
  return characters.length > limit
    ? `${characters.slice(0, limit - 1).join("")}…`
    : characters.join("");
}

/** One line in single quotation marks, which JSON need not escape. */
export function quoted(text: string, limit = 80): string {
  return `'${oneLine(text, limit)}'`;
}

// Controls, format characters (bidirectional, zero-width, soft hyphen), lone surrogates, the tag block.
const UNTIDY =
  /[\p{Cc}\p{Cf}\p{Cs}\u{E0000}-\u{E0FFF}\u0085\u00A0\u1680\u2000-\u200A\u2028-\u202F\u205F\u3000]|\s\s|^\s|\s$/u;
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\u{E0000}-\u{E0FFF}]/gu;
