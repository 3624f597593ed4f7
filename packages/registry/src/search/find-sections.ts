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

/** A section of the index with its sketch. */
export interface IndexedSection extends Omit<FoundSection, "score"> {
  readonly sketch: SectionSketch;
}

/** The sections of one record. Errors: ChubError INTEGRITY. */
export function decodeSections(record: Uint8Array): IndexedSection[] {
  const reader = createByteReader(record, { start: 0, end: record.length, what: WHAT });
  if (reader.uint32() !== byteChecksum(record.subarray(4))) throw damaged(WHAT);
  const sections: IndexedSection[] = [];
  for (let files = reader.varint(); files > 0; files--) {
    const variant = reader.varint();
    const file = reader.text();
    let before: Pick<IndexedSection, "path" | "startLine"> = { path: [], startLine: 0 };
    for (let left = reader.varint(); left > 0; left--) {
      const section = decodeSection(reader, before);
      sections.push({ variant, file, ...section });
      before = section;
    }
  }
  return sections;
}

function decodeSection(reader: ByteReader, before: Pick<IndexedSection, "path" | "startLine">) {
  const path = before.path.slice(0, reader.varint());
  const others = reader.varint();
  // Every section copies the path: without a limit a small file could ask for any amount of memory.
  if (path.length + others > MAX_PATH) throw damaged(WHAT);
  for (let left = others; left > 0; left--) path.push(reader.text());
  const slug = reader.text();
  const startLine = before.startLine + reader.varint();
  return {
    path,
    slug: slug === "" ? defaultSlug(path.at(-1) ?? "") : slug,
    startLine,
    endLine: startLine + reader.varint(),
    tokens: reader.varint(),
    sketch: decodeSketch(reader),
  };
}

function decodeSketch(reader: ByteReader): Map<number, number> {
  const hashes: number[] = [];
  for (let left = reader.varint(); left > 0; left--)
    hashes.push(reader.byte() | (reader.byte() << 8));
  const sketch = new Map<number, number>();
  for (let i = 0; i < hashes.length; i += 2) {
    const pair = reader.byte();
    sketch.set(hashes[i] as number, pair & 0x0f);
    if (i + 1 < hashes.length) sketch.set(hashes[i + 1] as number, pair >>> 4);
  }
  return sketch;
}

/** The sections of one record that answer best. Errors: ChubError INTEGRITY. */
export function bestSections(
  record: Uint8Array,
  hashes: readonly number[],
  request: SectionRequest & { readonly ordinal: number },
): FoundSection[] {
  const { accepts = () => true, limit = DEFAULT_LIMIT, ordinal } = request;
  const own = decodeSections(record).filter(({ variant }) => accepts(ordinal, variant));
  const scores = scoreSketches(
    hashes,
    own.map(({ sketch }) => sketch),
  );
  return own
    .map(({ variant, file, slug, path, startLine, endLine, tokens }, i) => {
      return { variant, file, slug, path, startLine, endLine, tokens, score: scores[i] ?? 0 };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit);
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

const WHAT = "the section index";
const DEFAULT_LIMIT = 3; // sections
const MAX_PATH = 16; // headings; Markdown has six levels
const MAX_RECORD_BYTES = 4 * 1024 * 1024; // largest of 1,560 real entries: about 60 KB
