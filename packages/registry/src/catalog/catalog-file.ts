import { ChubError } from "../chub-error.ts";
import { ARTIFACT_FORMAT } from "../contract/contract.ts";
import type { RegistryRedirect } from "../contract/generated/registry.ts";
import type { RandomAccessFile } from "../sources/source.ts";
import {
  fnv1a,
  HEADER,
  HEADER_SIZE,
  KIND_SHIFT,
  MAGIC,
  MAX_ORDINAL,
  NAME_KINDS,
  PAGE_SIZE,
  SLOT_SIZE,
  type NameKind,
} from "./catalog-format.ts";
import { nameKey } from "./entry-names.ts";
import type { EntryRecord } from "./entry-record.ts";
import { decodeRecord, decodeRedirect } from "./record-codec.ts";

/** `index/catalog.bin`, read by position. Every method: ChubError INTEGRITY when the bytes are not what they must be. */
export interface CatalogFile {
  /** Number of entries; ordinals are below it. */
  readonly size: number;
  /** Everything a name leads to, ids first; empty when nothing does. Case does not matter. */
  find(name: string): Promise<readonly NameHit[]>;
  record(ordinal: number): Promise<EntryRecord>;
  /** Records of `start` to `end` (exclusive), in order of id. */
  records(start: number, end: number): Promise<readonly EntryRecord[]>;
  redirect(ordinal: number): Promise<RegistryRedirect>;
  close(): Promise<void>;
}

export interface NameHit {
  readonly kind: NameKind;
  /** Of the entry; of the first of them for an author; of the redirect for a redirect. */
  readonly ordinal: number;
}

/** Opens a catalog; reads its header only. Errors: ChubError INTEGRITY, FORMAT_TOO_NEW. */
export async function openCatalogFile(file: RandomAccessFile): Promise<CatalogFile> {
  const header = await readHeader(file);
  const pages = pageReader(file, header.end);
  const decoded = new Map<number, EntryRecord>();
  return {
    size: header.entries,
    find: (name) => find(pages, header, nameKey(name)),
    async record(ordinal) {
      requireBelow(ordinal, header.entries);
      const known = decoded.get(ordinal);
      if (known !== undefined) return known;
      const [bytes] = await slices(pages, header, { start: ordinal, end: ordinal + 1 });
      const record = decodeRecord(bytes as Uint8Array);
      // All at once: a server that was asked for so many is asked for some of them again soon.
      if (decoded.size >= KEPT_RECORDS) decoded.clear();
      decoded.set(ordinal, record);
      return record;
    },
    async records(start, end) {
      const range = { start: clamp(start, header.entries), end: clamp(end, header.entries) };
      return (await slices(pages, header, range)).map(decodeRecord);
    },
    async redirect(ordinal) {
      requireBelow(ordinal, header.redirects);
      const index = header.entries + ordinal;
      const [bytes] = await slices(pages, header, { start: index, end: index + 1 });
      return decodeRedirect(bytes as Uint8Array);
    },
    close: () => file.close(),
  };
}

interface Header {
  readonly entries: number;
  readonly redirects: number;
  readonly slots: number;
  readonly recordTable: number;
  readonly slotTable: number;
  readonly postings: number;
  readonly records: number;
  readonly end: number;
}

async function readHeader(file: RandomAccessFile): Promise<Header> {
  if (file.size < HEADER_SIZE) throw damaged("it is shorter than its header");
  const bytes = await file.read(0, HEADER_SIZE);
  const view = viewOf(bytes);
  if (new TextDecoder("latin1").decode(bytes.subarray(0, MAGIC.length)) !== MAGIC)
    throw damaged("it does not begin as one");
  if (view.getUint32(HEADER.checksum, true) !== fnv1a(bytes.subarray(0, HEADER.checksum)))
    throw damaged("its header does not match its checksum");
  const word = (name: keyof typeof HEADER): number => view.getUint32(HEADER[name], true);
  if (word("format") > ARTIFACT_FORMAT) throw tooNew(word("format"));
  const header: Header = {
    entries: word("entries"),
    redirects: word("redirects"),
    slots: word("slots"),
    recordTable: word("recordTable"),
    slotTable: word("slotTable"),
    postings: word("postings"),
    records: word("records"),
    end: word("end"),
  };
  if (!isConsistent(header, file.size)) throw damaged("its parts do not fit together");
  return header;
}

/** Whether the parts lie one after another and fill the file, so that no later offset can lead outside. */
function isConsistent(header: Header, fileSize: number): boolean {
  const tableEnd = HEADER_SIZE + 4 * (header.entries + header.redirects + 1);
  return [
    header.entries + header.redirects <= MAX_ORDINAL,
    header.slots > 0 && Number.isInteger(Math.log2(header.slots)),
    header.recordTable === HEADER_SIZE,
    header.slotTable === tableEnd,
    header.postings === tableEnd + SLOT_SIZE * header.slots,
    header.records >= header.postings,
    header.end >= header.records,
    fileSize === header.end + 4 * Math.ceil(header.end / PAGE_SIZE),
  ].every(Boolean);
}

type PageReader = (position: number, length: number) => Promise<Uint8Array>;

/**
 * Reads any stretch before `end`, checking the pages it lies in.
 *
 * The pages read last are kept: the tables of a catalog are asked again and again, and a checksum takes longer than
 * the reading.
 */
function pageReader(file: RandomAccessFile, end: number): PageReader {
  const kept = new Map<number, Promise<Uint8Array>>();
  const readPages = async (first: number, last: number): Promise<Uint8Array> => {
    const start = first * PAGE_SIZE;
    const bytes = await file.read(start, Math.min(end, last * PAGE_SIZE) - start);
    const checksums = viewOf(await file.read(end + 4 * first, 4 * (last - first)));
    for (let page = first; page < last; page += 1) {
      const at = (page - first) * PAGE_SIZE;
      const checksum = fnv1a(bytes.subarray(at, at + PAGE_SIZE));
      if (checksum !== checksums.getUint32(4 * (page - first), true))
        throw damaged(`page ${page} does not match its checksum`);
    }
    return bytes;
  };
  const readPage = (page: number): Promise<Uint8Array> => {
    const bytes = kept.get(page) ?? readPages(page, page + 1);
    kept.delete(page);
    kept.set(page, bytes);
    // A failed read is not kept: the next question tries again.
    bytes.catch(() => kept.delete(page));
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT_PAGES) break;
      kept.delete(oldest);
    }
    return bytes;
  };
  return async (position, length) => {
    if (position < 0 || length < 0 || position + length > end)
      throw damaged("an offset leads outside");
    if (length === 0) return new Uint8Array(0);
    const first = Math.floor(position / PAGE_SIZE);
    const last = Math.ceil((position + length) / PAGE_SIZE);
    const bytes = await (last - first === 1 ? readPage(first) : readPages(first, last));
    return bytes.subarray(position - first * PAGE_SIZE).subarray(0, length);
  };
}

/** Bytes of consecutive records, read in steps so that memory stays bounded by what is asked for. */
async function slices(
  pages: PageReader,
  header: Header,
  range: { start: number; end: number },
): Promise<Uint8Array[]> {
  const { start, end } = range;
  if (start >= end) return [];
  const table = viewOf(await pages(header.recordTable + 4 * start, 4 * (end - start + 1)));
  const offsets = Array.from({ length: end - start + 1 }, (_, index) =>
    table.getUint32(4 * index, true),
  );
  const first = offsets[0] ?? 0;
  if (
    first < header.records ||
    offsets.some((offset, index) => offset < (offsets[index - 1] ?? first))
  ) {
    throw damaged("its records are out of order");
  }
  const bytes = await pages(first, (offsets.at(-1) ?? first) - first);
  return offsets
    .slice(0, -1)
    .map((offset, index) => bytes.subarray(offset - first, (offsets[index + 1] ?? offset) - first));
}

async function find(pages: PageReader, header: Header, name: string): Promise<readonly NameHit[]> {
  const key = new TextEncoder().encode(name);
  const hash = fnv1a(key);
  let probed = 0;
  while (probed < header.slots) {
    const first = (hash + probed) & (header.slots - 1);
    const count = Math.min(PROBE_SLOTS, header.slots - first, header.slots - probed);
    const slots = viewOf(await pages(header.slotTable + SLOT_SIZE * first, SLOT_SIZE * count));
    for (let slot = 0; slot < count; slot += 1) {
      const posting = slots.getUint32(SLOT_SIZE * slot + 4, true);
      if (posting === 0) return [];
      if (slots.getUint32(SLOT_SIZE * slot, true) !== hash) continue;
      const hits = await readPosting(pages, header, { at: posting, key });
      if (hits !== null) return hits;
    }
    probed += count;
  }
  return [];
}

async function readPosting(
  pages: PageReader,
  header: Header,
  { at, key }: { at: number; key: Uint8Array },
): Promise<NameHit[] | null> {
  if (at < header.postings || at + 8 > header.records) throw damaged("a name leads outside");
  // Nearly every posting is shorter than this, so that one read is enough.
  const head = await pages(at, Math.min(POSTING_BYTES, header.records - at));
  const keyLength = viewOf(head).getUint32(0, true);
  if (keyLength !== key.length) return null;
  const valuesAt = 8 + keyLength;
  if (at + valuesAt > header.records) throw damaged("a name leads outside");
  const start = head.length >= valuesAt ? head : await pages(at, valuesAt);
  if (!key.every((byte, index) => byte === start[4 + index])) return null;
  const count = viewOf(start).getUint32(4 + keyLength, true);
  const end = valuesAt + 4 * count;
  if (at + end > header.records) throw damaged("a name leads outside");
  const values = viewOf((end <= head.length ? head : await pages(at, end)).subarray(valuesAt, end));
  const hits = Array.from({ length: count }, (_, index) =>
    nameHit(values.getUint32(4 * index, true), header),
  );
  return hits.sort(
    (a, b) => NAME_KINDS.indexOf(a.kind) - NAME_KINDS.indexOf(b.kind) || a.ordinal - b.ordinal,
  );
}

function nameHit(value: number, header: Header): NameHit {
  const kind = NAME_KINDS[value >>> KIND_SHIFT];
  const ordinal = value & MAX_ORDINAL;
  if (kind === undefined || ordinal >= (kind === "redirect" ? header.redirects : header.entries)) {
    throw damaged("a name leads to no entry");
  }
  return { kind, ordinal };
}

function requireBelow(ordinal: number, limit: number): void {
  if (!Number.isInteger(ordinal) || ordinal < 0 || ordinal >= limit)
    throw damaged(`there is no entry ${ordinal} of ${limit}`);
}

function clamp(ordinal: number, limit: number): number {
  return Math.max(0, Math.min(limit, Math.trunc(ordinal)));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function damaged(why: string): ChubError {
  return new ChubError("INTEGRITY", `index/catalog.bin is damaged: ${why}`, {
    hint: "Build the artifact again, or fetch it again with `chub update`.",
  });
}

function tooNew(format: number): ChubError {
  return new ChubError(
    "FORMAT_TOO_NEW",
    `The artifact has format ${format}, this reader knows up to ${ARTIFACT_FORMAT}`,
    {
      hint: "Install a newer chub.",
    },
  );
}

const KEPT_PAGES = 64; // 256 KB
const KEPT_RECORDS = 512; // about 1 KB each
const POSTING_BYTES = 256;
const PROBE_SLOTS = 32; // 256 bytes: a probe is nearly always shorter
