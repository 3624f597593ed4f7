/**
 * Text of a source or a client as one line of at most `limit` characters, for the sentences of ours it stands in.
 *
 * White space becomes single spaces. Controls, bidirectional marks, zero-width and tag characters are
 * replaced: they would show something else than is there.
 */
export function oneLine(text: string, limit: number): string {
  // Cut before the replacements: a megabyte of input must not be looked at for a hundred characters.
  const start = text.length > limit * 8 ? text.slice(0, limit * 8) : text;
  const characters = Array.from(start.replace(/\s+/gu, " ").trim().replace(UNSAFE, "\uFFFD"));
  return characters.length > limit ? `${characters.slice(0, limit - 1).join("")}…` : characters.join("");
}

/** One line in single quotation marks, which JSON need not escape. */
export function quoted(text: string, limit = 80): string {
  return `'${oneLine(text, limit)}'`;
}

// C0 and C1; bidirectional marks, embeddings, overrides and isolates; zero-width; lone surrogates; tag characters.
const UNSAFE =
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\u{D800}-\u{DFFF}\u{E0000}-\u{E0FFF}]/gu;
