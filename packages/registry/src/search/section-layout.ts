/**
 * Bytes of `index/sections.bin`, little endian, read by position:
 *
 *   magic | format | tokenizer | documents | offset of each record and of the end, uint32 each | records
 *
 * A record is one entry: checksum (uint32), number of files, and for each file its variant, name, number of
 * sections and sections. A section: number of headings it shares with the path of the section before, number of
 * others and these, slug ("" when it follows from the heading), start line after that of the section before,
 * further lines, tokens, and its sketch: number of terms, 16-bit hashes ascending, four-bit strengths in pairs.
 */
export const SECTIONS_MAGIC = 0x53_43_48_43; // "CHCS"
export const SECTIONS_FORMAT = 1;
export const SECTIONS_HEADER_BYTES = 16;

/** Terms of a sketch beside those of the heading. More find more and take 2.5 bytes each. */
export const SKETCH_TERMS = 32;

/** Detects damage: every change of a single byte is seen. */
export function byteChecksum(bytes: Uint8Array): number {
  const { imul } = Math;
  let hash = 0x811c9dc5;
  // An index, not `for of`: the iterator costs eight times as much.
  for (let at = 0; at < bytes.length; at += 1)
    hash = imul(hash ^ (bytes[at] as number), 0x01000193);
  return hash >>> 0;
}

/** The slug of most headings; others are stored. */
export function defaultSlug(heading: string): string {
  return heading.toLowerCase().replace(NOT_IN_SLUG, "").replaceAll(" ", "-");
}

const NOT_IN_SLUG = /[^\p{L}\p{N}\s_-]/gu;
