import { ChubError } from "../chub-error.ts";
import type { RandomAccessFile } from "../sources/source.ts";
import { createByteReader, damaged, type ByteReader } from "./byte-reader.ts";
import { scoreSketches, sectionQuery } from "./score-sections.ts";
import type { FoundSection, SectionRequest } from "./search-types.ts";
import {
  byteChecksum,
  defaultSlug,
  SECTIONS_FORMAT,
  SECTIONS_HEADER_BYTES,
  SECTIONS_MAGIC,
} from "./section-layout.ts";
import type { SectionSketch } from "./section-terms.ts";
import { TOKENIZER_VERSION } from "./tokenize.ts";

/**
 * The sections of some entries that answer a query best, by ordinal, best first.
 *
 * Reads only the records it needs from `index/sections.bin`. An entry without a matching section has an empty list.
 * Errors: ChubError INTEGRITY for damaged bytes, FORMAT_TOO_NEW, and what the file throws.
 */
export async function findSections(
  file: RandomAccessFile,
  request: SectionRequest,
): Promise<Map<number, readonly FoundSection[]>> {
  const documents = await readDocumentCount(file);
  const hashes = sectionQuery(request.query);
  const found = await Promise.all(
    request.ordinals.map(async (ordinal) => {
      if (!(ordinal >= 0 && ordinal < documents)) throw damaged(WHAT);
      const record = await readRecord(file, ordinal);
      return [ordinal, bestSections(record, hashes, { ...request, ordinal })] as const;
    }),
  );
  return new Map(found);
}

/** The sections of one record that answer best. Errors: ChubError INTEGRITY. */
export function bestSections(
  record: Uint8Array,
  hashes: readonly number[],
  request: SectionRequest & { readonly ordinal: number },
): FoundSection[] {
  const { accepts = () => true, limit = DEFAULT_LIMIT, ordinal } = request;
  const sections = scanSections(record, hashes);
  const own = sections.filter(({ variant }) => accepts(ordinal, variant));
  const scores = scoreSketches(
    hashes,
    own.map(({ sketch }) => sketch),
  );
  return own
    .map((section, i) => ({ section, score: scores[i] ?? 0 }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ section, score }) => {
      const { variant, file, slugAt, startLine, endLine, tokens } = section;
      const path = pathOf(record, sections, section);
      const slug = textAt(record, slugAt) || defaultSlug(path.at(-1) ?? "");
      return { variant, file, slug, path, startLine, endLine, tokens, score };
    });
}

/** A section whose headings are not decoded: of most, nothing but the sketch is looked at. */
interface ScannedSection extends Pick<FoundSection, "variant" | "file"> {
  /** Place in the record. */
  readonly position: number;
  /** Headings that the path shares with that of the section before. */
  readonly shared: number;
  /** Headings of the path. */
  readonly depth: number;
  /** Byte offset of the headings that are not shared. */
  readonly headingsAt: number;
  readonly slugAt: number;
  readonly startLine: number;
  readonly endLine: number;
  readonly tokens: number;
  /** Holds the terms that were asked for only. */
  readonly sketch: SectionSketch;
}

function scanSections(record: Uint8Array, hashes: readonly number[]): ScannedSection[] {
  const reader = createByteReader(record, { start: 0, end: record.length, what: WHAT });
  if (reader.uint32() !== byteChecksum(record.subarray(4))) throw damaged(WHAT);
  const sections: ScannedSection[] = [];
  for (let files = reader.varint(); files > 0; files--) {
    const variant = reader.varint();
    const file = reader.text();
    let before = { depth: 0, startLine: 0 };
    for (let left = reader.varint(); left > 0; left--) {
      const position = sections.length;
      const section = scanSection(reader, before);
      const sketch = readSketch(record, reader, hashes);
      sections.push({ variant, file, position, ...section, sketch });
      before = section;
    }
  }
  return sections;
}

function scanSection(
  reader: ByteReader,
  before: { readonly depth: number; readonly startLine: number },
) {
  const shared = Math.min(reader.varint(), before.depth);
  const others = reader.varint();
  // Every section copies the path: without a limit a small file could ask for any amount of memory.
  if (shared + others > MAX_PATH) throw damaged(WHAT);
  const headingsAt = reader.position;
  for (let left = others; left > 0; left--) skipText(reader);
  const slugAt = reader.position;
  skipText(reader);
  const startLine = before.startLine + reader.varint();
  const endLine = startLine + reader.varint();
  const tokens = reader.varint();
  return { shared, depth: shared + others, headingsAt, slugAt, startLine, endLine, tokens };
}

function skipText(reader: ByteReader): void {
  const length = reader.varint();
  if (length > reader.end - reader.position) throw damaged(WHAT);
  reader.position += length;
}

/** The strengths of some terms in the sketch that the reader stands before. */
function readSketch(
  record: Uint8Array,
  reader: ByteReader,
  hashes: readonly number[],
): SectionSketch {
  const count = reader.varint();
  const start = reader.position;
  const strengths = start + count * 2;
  if (strengths + Math.ceil(count / 2) > reader.end) throw damaged(WHAT);
  reader.position = strengths + Math.ceil(count / 2);
  let sketch: Map<number, number> | undefined;
  for (const hash of hashes) {
    const index = indexOfHash(record, { start, count }, hash);
    if (index < 0) continue;
    const pair = record[strengths + (index >>> 1)] as number;
    sketch ??= new Map();
    sketch.set(hash, index % 2 === 0 ? pair & 0x0f : pair >>> 4);
  }
  return sketch ?? EMPTY_SKETCH;
}

/** Position of a hash among `count` ascending ones, or -1. */
function indexOfHash(
  record: Uint8Array,
  { start, count }: { start: number; count: number },
  hash: number,
): number {
  let low = 0;
  let high = count - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const at = start + middle * 2;
    const found = (record[at] as number) | ((record[at + 1] as number) << 8);
    if (found === hash) return middle;
    if (found < hash) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** The headings that lead to a section: those it shares are found in the sections before it. */
function pathOf(
  record: Uint8Array,
  sections: readonly ScannedSection[],
  { position, depth }: ScannedSection,
): string[] {
  const path: string[] = [];
  let missing = depth;
  for (let at = position; missing > 0; at--) {
    const section = sections[at] as ScannedSection;
    if (section.shared >= missing) continue;
    path.unshift(...textsAt(record, section.headingsAt, missing - section.shared));
    missing = section.shared;
  }
  return path;
}

function textAt(record: Uint8Array, start: number): string {
  return textsAt(record, start, 1)[0] ?? "";
}

function textsAt(record: Uint8Array, start: number, count: number): string[] {
  const reader = createByteReader(record, { start, end: record.length, what: WHAT });
  return Array.from({ length: count }, () => reader.text());
}

async function readDocumentCount(file: RandomAccessFile): Promise<number> {
  const bytes = await file.read(0, SECTIONS_HEADER_BYTES);
  const reader = createByteReader(bytes, { start: 0, end: SECTIONS_HEADER_BYTES, what: WHAT });
  if (reader.uint32() !== SECTIONS_MAGIC) throw damaged(WHAT);
  const format = reader.uint32();
  const tokenizer = reader.uint32();
  if (format !== SECTIONS_FORMAT || tokenizer !== TOKENIZER_VERSION) {
    throw new ChubError(
      "FORMAT_TOO_NEW",
      `Unexpected section index format ${format}.${tokenizer}`,
      {
        hint: "Install a version of chub that matches the artifact, or build the artifact again",
      },
    );
  }
  return reader.uint32();
}

async function readRecord(file: RandomAccessFile, ordinal: number): Promise<Uint8Array> {
  const place = await file.read(SECTIONS_HEADER_BYTES + ordinal * 4, 8);
  const reader = createByteReader(place, { start: 0, end: 8, what: WHAT });
  const start = reader.uint32();
  const end = reader.uint32();
  if (start > end || end > file.size || end - start > MAX_RECORD_BYTES) throw damaged(WHAT);
  return file.read(start, end - start);
}

const EMPTY_SKETCH: SectionSketch = new Map();
const WHAT = "the section index";
const DEFAULT_LIMIT = 3; // sections
const MAX_PATH = 16; // headings; Markdown has six levels
const MAX_RECORD_BYTES = 4 * 1024 * 1024; // largest of 1,560 real entries: about 60 KB
