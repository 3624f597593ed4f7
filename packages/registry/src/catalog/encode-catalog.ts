import { byCodeUnit } from "../contract/code-unit-order.ts";
import { ARTIFACT_FORMAT } from "../contract/contract.ts";
import type { RegistryRedirect } from "../contract/generated/registry.ts";
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
import { authorOf, entryNames, nameKey } from "./entry-names.ts";
import type { EntryRecord } from "./entry-record.ts";
import { encodeRecord, encodeRedirect } from "./record-codec.ts";

/**
 * Bytes of `index/catalog.bin`; the same for the same entries, in whatever order they come.
 *
 * Ordinals count the entries sorted by id in code-unit order. Errors: none; ids must be unique.
 */
export function encodeCatalog(
  entries: readonly EntryRecord[],
  redirects: readonly RegistryRedirect[],
): Uint8Array {
  const sorted = [...entries].sort((a, b) => byCodeUnit(a.id, b.id));
  const moved = [...redirects].sort((a, b) => byCodeUnit(a.from, b.from));
  if (sorted.length + moved.length > MAX_ORDINAL)
    throw new Error("Too many entries for catalog.bin");
  const names = collectNames(sorted, moved);
  const postings = encodePostings(names);
  const records = [...sorted.map(encodeRecord), ...moved.map(encodeRedirect)];
  return layOut({ entries: sorted.length, redirects: moved.length, postings, records });
}

function collectNames(
  entries: readonly EntryRecord[],
  redirects: readonly RegistryRedirect[],
): ReadonlyMap<string, readonly number[]> {
  const names = new Map<string, number[]>();
  const add = (key: string, kind: NameKind, ordinal: number): void => {
    const value = ((NAME_KINDS.indexOf(kind) << KIND_SHIFT) | ordinal) >>> 0;
    const values = names.get(key);
    if (values === undefined) names.set(key, [value]);
    else values.push(value);
  };
  let author = "";
  entries.forEach((entry, ordinal) => {
    for (const { kind, key } of entryNames(entry)) add(key, kind, ordinal);
    // Entries of one author stand together, so that the first is enough to find them all.
    if (authorOf(entry.id) !== author) {
      author = authorOf(entry.id);
      add(nameKey(author), "author", ordinal);
    }
  });
  redirects.forEach(({ from }, ordinal) => add(nameKey(from), "redirect", ordinal));
  return new Map([...names].sort(([a], [b]) => byCodeUnit(a, b)));
}

interface Posting {
  readonly hash: number;
  readonly bytes: Uint8Array;
}

function encodePostings(names: ReadonlyMap<string, readonly number[]>): readonly Posting[] {
  const encoder = new TextEncoder();
  return [...names].map(([name, values]) => {
    const key = encoder.encode(name);
    const bytes = new Uint8Array(4 + key.length + 4 + 4 * values.length);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, key.length, true);
    bytes.set(key, 4);
    view.setUint32(4 + key.length, values.length, true);
    values.forEach((value, index) => view.setUint32(8 + key.length + 4 * index, value, true));
    return { hash: fnv1a(key), bytes };
  });
}

interface Parts {
  readonly entries: number;
  readonly redirects: number;
  readonly postings: readonly Posting[];
  readonly records: readonly Uint8Array[];
}

function layOut({ entries, redirects, postings, records }: Parts): Uint8Array {
  const slots = slotCount(postings.length);
  const recordTable = HEADER_SIZE;
  const slotTable = recordTable + 4 * (records.length + 1);
  const postingsAt = slotTable + SLOT_SIZE * slots;
  const recordsAt = postingsAt + total(postings.map(({ bytes }) => bytes));
  const end = recordsAt + total(records);
  const pages = Math.ceil(end / PAGE_SIZE);
  const file = new Uint8Array(end + 4 * pages);
  const view = new DataView(file.buffer);

  new TextEncoder().encodeInto(MAGIC, file);
  const words = { format: ARTIFACT_FORMAT, entries, redirects, slots, recordTable, slotTable, end };
  for (const [name, value] of Object.entries({
    ...words,
    postings: postingsAt,
    records: recordsAt,
  })) {
    view.setUint32(HEADER[name as keyof typeof HEADER], value, true);
  }
  view.setUint32(HEADER.checksum, fnv1a(file.subarray(0, HEADER.checksum)), true);

  let at = recordsAt;
  records.forEach((record, index) => {
    view.setUint32(recordTable + 4 * index, at, true);
    file.set(record, at);
    at += record.length;
  });
  view.setUint32(recordTable + 4 * records.length, at, true);

  fillSlots(view, { postings, slots, slotTable, postingsAt });
  for (let page = 0; page < pages; page += 1) {
    const bytes = file.subarray(page * PAGE_SIZE, Math.min(end, (page + 1) * PAGE_SIZE));
    view.setUint32(end + 4 * page, fnv1a(bytes), true);
  }
  return file;
}

interface SlotPlan {
  readonly postings: readonly Posting[];
  readonly slots: number;
  readonly slotTable: number;
  readonly postingsAt: number;
}

function fillSlots(view: DataView, { postings, slots, slotTable, postingsAt }: SlotPlan): void {
  const file = new Uint8Array(view.buffer);
  let at = postingsAt;
  for (const { hash, bytes } of postings) {
    let slot = hash & (slots - 1);
    while (view.getUint32(slotTable + SLOT_SIZE * slot + 4, true) !== 0)
      slot = (slot + 1) & (slots - 1);
    view.setUint32(slotTable + SLOT_SIZE * slot, hash, true);
    view.setUint32(slotTable + SLOT_SIZE * slot + 4, at, true);
    file.set(bytes, at);
    at += bytes.length;
  }
}

/** A power of two with at least half of the slots free: probes stay short. */
function slotCount(keys: number): number {
  let slots = 8;
  while (slots < 2 * keys) slots *= 2;
  return slots;
}

function total(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}
