/**
 * End of the pre-token that starts at `start`: o200k_base never merges across these borders.
 *
 * ASCII is scanned by hand, several times faster than the pattern; as soon as another character takes part, the pattern decides.
 * Source: the split pattern of o200k_base, https://github.com/openai/tiktoken (tiktoken_ext/openai_public.py).
 */
export function preTokenEnd(text: string, start: number): number {
  const end = asciiEnd(text, start);
  return end === NEEDS_PATTERN ? patternEnd(text, start) : end;
}

function asciiEnd(text: string, start: number): number {
  const kind = kindAt(text, start);
  if (kind === UPPER || kind === LOWER) return wordEnd(text, start);
  if (kind === DIGIT) return digitsEnd(text, start);
  if (kind === OTHER) return NEEDS_PATTERN;
  const next = kindAt(text, start + 1);
  if (kind !== NEWLINE && (next === UPPER || next === LOWER)) return wordEnd(text, start + 1);
  if (next === OTHER) return NEEDS_PATTERN;
  if (kind === PUNCTUATION) return punctuationEnd(text, start + 1);
  if (next === PUNCTUATION && text.charCodeAt(start) === SPACE) return punctuationEnd(text, start + 2);
  return spaceEnd(text, start);
}

/** Capitals, then small letters, then an English contraction such as `'ll`. */
function wordEnd(text: string, start: number): number {
  let at = start;
  while (kindAt(text, at) === UPPER) at++;
  while (kindAt(text, at) === LOWER) at++;
  const after = kindAt(text, at);
  if (after === OTHER) return NEEDS_PATTERN;
  return after === PUNCTUATION && text.charCodeAt(at) === APOSTROPHE ? contractionEnd(text, at) : at;
}

function contractionEnd(text: string, at: number): number {
  CONTRACTION.lastIndex = at;
  return CONTRACTION.test(text) ? CONTRACTION.lastIndex : at;
}

function digitsEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < start + 3 && kindAt(text, at) === DIGIT) at++;
  return at < start + 3 && kindAt(text, at) === OTHER ? NEEDS_PATTERN : at;
}

function punctuationEnd(text: string, from: number): number {
  let at = from;
  while (kindAt(text, at) === PUNCTUATION) at++;
  if (kindAt(text, at) === OTHER) return NEEDS_PATTERN;
  while (kindAt(text, at) === NEWLINE || text.charCodeAt(at) === SLASH) at++;
  return at;
}

/** Through the last line break of the run; without one, all but the last space, which belongs to what follows. */
function spaceEnd(text: string, start: number): number {
  let at = start;
  let afterBreak = 0;
  for (let kind = kindAt(text, at); kind === BLANK || kind === NEWLINE; kind = kindAt(text, at)) {
    at++;
    if (kind === NEWLINE) afterBreak = at;
  }
  if (kindAt(text, at) === OTHER) return NEEDS_PATTERN;
  if (afterBreak > 0) return afterBreak;
  return at === text.length || at === start + 1 ? at : at - 1;
}

function patternEnd(text: string, start: number): number {
  PATTERN.lastIndex = start;
  PATTERN.test(text);
  return PATTERN.lastIndex;
}

function kindAt(text: string, at: number): number {
  if (at >= text.length) return END;
  const code = text.charCodeAt(at);
  return code < 128 ? KINDS[code]! : OTHER;
}

const [END, UPPER, LOWER, DIGIT, NEWLINE, BLANK, PUNCTUATION, OTHER] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const NEEDS_PATTERN = -1;
const [SPACE, APOSTROPHE, SLASH] = [0x20, 0x27, 0x2f] as const;

const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[A-Z]/.test(character)) return UPPER;
  if (/[a-z]/.test(character)) return LOWER;
  if (/[0-9]/.test(character)) return DIGIT;
  if (/[\r\n]/.test(character)) return NEWLINE;
  return /\s/.test(character) ? BLANK : PUNCTUATION;
});

const CONTRACTION = /'(?:[sdmt]|ll|ve|re)/iy;
// "i" with "u" would also fold the long s (U+017F) and the Kelvin sign, which the encoding does not.
const SUFFIX = String.raw`(?:'(?:[sS]|[dD]|[mM]|[tT]|[lL][lL]|[vV][eE]|[rR][eE]))?`;
const CAPITALS = String.raw`[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`;
const SMALL = String.raw`[\p{Ll}\p{Lm}\p{Lo}\p{M}]`;
const PATTERN = new RegExp(
  [
    String.raw`[^\r\n\p{L}\p{N}]?${CAPITALS}*${SMALL}+${SUFFIX}`,
    String.raw`[^\r\n\p{L}\p{N}]?${CAPITALS}+${SMALL}*${SUFFIX}`,
    String.raw`\p{N}{1,3}`,
    String.raw` ?[^\s\p{L}\p{N}]+[\r\n/]*`,
    String.raw`\s*[\r\n]+`,
    String.raw`\s+(?!\S)`,
    String.raw`\s+`,
  ].join("|"),
  "uy",
);
