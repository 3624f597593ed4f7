import { createByteWriter, type ByteWriter } from "./byte-writer.ts";
import type { SectionWords } from "./document-words.ts";
import type { SearchDocument, SearchSection } from "./search-types.ts";
import {
  byteChecksum,
  defaultSlug,
  SECTIONS_FORMAT,
  SECTIONS_HEADER_BYTES,
  SECTIONS_MAGIC,
  SKETCH_TERMS,
} from "./section-layout.ts";
import { sketchSections } from "./section-terms.ts";
import type { TermMemory } from "./term-memory.ts";
import { TOKENIZER_VERSION } from "./tokenize.ts";

/** The bytes of `index/sections.bin`, see `section-layout.ts`, from the records of all documents. */
export function encodeSections(records: readonly Uint8Array[]): Uint8Array {
  const writer = createByteWriter();
  writer.uint32(SECTIONS_MAGIC);
  writer.uint32(SECTIONS_FORMAT);
  writer.uint32(TOKENIZER_VERSION);
  writer.uint32(records.length);
  let offset = SECTIONS_HEADER_BYTES + (records.length + 1) * 4;
  for (const record of records) {
    writer.uint32(offset);
    offset += record.length;
  }
  writer.uint32(offset);
  for (const record of records) writer.bytes(record);
  return writer.finish();
}

/** The record of one document; `words` are those of its sections, from the same memory. */
export function encodeSectionRecord(
  document: SearchDocument,
  words: readonly SectionWords[],
  memory: TermMemory,
): Uint8Array {
  const sketches = sketchSections(words, SKETCH_TERMS, memory);
  const body = createByteWriter();
  body.varint(document.files.length);
  let next = 0;
  for (const file of document.files) {
    body.varint(file.variant);
    body.text(file.file);
    body.varint(file.sections.length);
    let before: Pick<SearchSection, "path" | "startLine"> = { path: [], startLine: 0 };
    for (const section of file.sections) {
      encodeSection(body, section, before);
      encodeSketch(body, sketches[next++] ?? NO_SKETCH);
      before = section;
    }
  }
  const bytes = body.finish();
  const record = createByteWriter(bytes.length + 4);
  record.uint32(byteChecksum(bytes));
  record.bytes(bytes);
  return record.finish();
}

function encodeSection(
  writer: ByteWriter,
  section: SearchSection,
  before: Pick<SearchSection, "path" | "startLine">,
): void {
  const { path } = section;
  let shared = 0;
  while (shared < path.length && path[shared] === before.path[shared]) shared++;
  writer.varint(shared);
  writer.varint(path.length - shared);
  for (const heading of path.slice(shared)) writer.text(heading);
  writer.text(section.slug === defaultSlug(path.at(-1) ?? "") ? "" : section.slug);
  writer.varint(section.startLine - before.startLine);
  writer.varint(section.endLine - section.startLine);
  writer.varint(section.tokens);
}

function encodeSketch(writer: ByteWriter, sketch: Uint32Array): void {
  writer.varint(sketch.length);
  for (const pair of sketch) {
    const hash = pair >>> 4;
    writer.byte(hash & 0xff);
    writer.byte(hash >>> 8);
  }
  for (let i = 0; i < sketch.length; i += 2) {
    writer.byte(((sketch[i] as number) & 0x0f) | (((sketch[i + 1] ?? 0) & 0x0f) << 4));
  }
}

const NO_SKETCH = new Uint32Array();
