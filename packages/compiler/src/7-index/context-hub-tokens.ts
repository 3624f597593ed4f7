/**
 * Terms of a text as Context Hub's client makes them of a query: lower case, split at spaces, hyphens and anything but
 * `a-z0-9`, without single letters and stop words.
 */
export function textTokens(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(isTerm);
}

/**
 * Terms of an id: those of its text, and for the whole id and each of its parts the form without separators, whole and
 * split between letters and digits, so that `auth0` and `auth 0` meet. Each once, in order of first use.
 */
export function identifierTokens(id: string): string[] {
  const compact = compacted(id);
  const parts = new Set([...id.split("/").map(compacted), ...id.split(/[/_.\s-]+/).map(compacted)]);
  parts.delete("");
  const terms = [...textTokens(id), compact, ...textTokens(splitDigits(compact))];
  for (const part of parts) terms.push(part, ...textTokens(splitDigits(part)));
  return [...new Set(terms.filter(isTerm))];
}

function compacted(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}

function splitDigits(text: string): string {
  return text.replace(/(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])/g, " ");
}

function isTerm(term: string): boolean {
  return (term.length > 1 || /^\d$/.test(term)) && !STOP_WORDS.has(term);
}

/** The client drops these from queries; in the index they would only be weight. */
const STOP_WORDS = new Set(
  (
    "a an and are as at be by for from has have in is it its of on or that the to was were will with this but not you your can do " +
    "does how if may no so than too very just about into over such then them these those through under use using used"
  ).split(" "),
);
