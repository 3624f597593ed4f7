/**
 * End of the pre-token that starts at `start`: o200k_base never merges across these borders.
 *
 * ASCII is scanned by hand, several times faster than the pattern; as soon as another character takes part, the pattern decides.
 * Source: the split pattern of o200k_base, https://github.com/openai/tiktoken (tiktoken_ext/openai_public.py).
 */
export function preTokenEnd(scan: Scan, start: number): number {
  const end = asciiEnd(scan, start);
  return end === NEEDS_PATTERN ? patternEnd(scan.text, start) : end;
}

/** A text as the scan reads it. */
export interface Scan {
  readonly text: string;
  /** Its code units; may be longer. */
  readonly units: Uint16Array;
  /** The kind of each code unit, `0` behind the last; may be longer. */
  readonly kinds: Uint8Array;
}

/** Room for texts of up to `length` code units. */
export function scanOf(length: number): Scan {
  return { text: "", units: new Uint16Array(length), kinds: new Uint8Array(length + 2) };
}

/** Reads a text into a scan, a larger one when it must be; the scan that was given is used up. */
export function readText(text: string, into: Scan): Scan {
  const { units, kinds } = into.units.length < text.length ? scanOf(text.length) : into;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    units[at] = unit;
    kinds[at] = unit < 128 ? KINDS[unit]! : OTHER;
  }
  kinds[text.length] = END;
  kinds[text.length + 1] = END;
  return { text, units, kinds };
}

function asciiEnd(scan: Scan, start: number): number {
  const kind = scan.kinds[start];
  if (kind === UPPER || kind === LOWER) return wordEnd(scan, start);
  if (kind === DIGIT) return digitsEnd(scan, start);
  if (kind === OTHER) return NEEDS_PATTERN;
  const next = scan.kinds[start + 1];
  if (kind !== NEWLINE && (next === UPPER || next === LOWER)) return wordEnd(scan, start + 1);
  if (next === OTHER) return NEEDS_PATTERN;
  if (kind === PUNCTUATION) return punctuationEnd(scan, start + 1);
  if (next === PUNCTUATION && scan.units[start] === SPACE) return punctuationEnd(scan, start + 2);
  return spaceEnd(scan, start);
}

/** Capitals, then small letters, then an English contraction such as `'ll`. */
function wordEnd(scan: Scan, start: number): number {
  let at = start;
  while (scan.kinds[at] === UPPER) at++;
  while (scan.kinds[at] === LOWER) at++;
  const after = scan.kinds[at];
  if (after === OTHER) return NEEDS_PATTERN;
  return after === PUNCTUATION && scan.units[at] === APOSTROPHE
    ? contractionEnd(scan.text, at)
    : at;
}

function contractionEnd(text: string, at: number): number {
  CONTRACTION.lastIndex = at;
  return CONTRACTION.test(text) ? CONTRACTION.lastIndex : at;
}

function digitsEnd(scan: Scan, start: number): number {
  let at = start + 1;
  while (at < start + 3 && scan.kinds[at] === DIGIT) at++;
  return at < start + 3 && scan.kinds[at] === OTHER ? NEEDS_PATTERN : at;
}

function punctuationEnd(scan: Scan, from: number): number {
  let at = from;
  while (scan.kinds[at] === PUNCTUATION) at++;
  if (scan.kinds[at] === OTHER) return NEEDS_PATTERN;
  while (scan.kinds[at] === NEWLINE || (scan.units[at] === SLASH && at < scan.text.length)) at++;
  return at;
}

/** Through the last line break of the run; without one, all but the last space, which belongs to what follows. */
function spaceEnd(scan: Scan, start: number): number {
  let at = start;
  let afterBreak = 0;
  for (let kind = scan.kinds[at]; kind === BLANK || kind === NEWLINE; kind = scan.kinds[at]) {
    at++;
    if (kind === NEWLINE) afterBreak = at;
  }
  if (scan.kinds[at] === OTHER) return NEEDS_PATTERN;
  if (afterBreak > 0) return afterBreak;
  return at === scan.text.length || at === start + 1 ? at : at - 1;
}

function patternEnd(text: string, start: number): number {
  PATTERN.lastIndex = start;
  PATTERN.test(text);
  return PATTERN.lastIndex;
}

const [END, UPPER, LOWER, DIGIT, NEWLINE, BLANK, PUNCTUATION, OTHER] = [
  0, 1, 2, 3, 4, 5, 6, 7,
] as const;
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
