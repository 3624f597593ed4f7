import { canonicalLanguage } from "../contract/languages.ts";
import { requireAllReadable, summarise, type CatalogState } from "./catalog-state.ts";
import type { EntrySummary, Filters, ListAnswer, ListRequest } from "./catalog.ts";
import { authorOf } from "./entry-names.ts";
import type { EntryRecord } from "./entry-record.ts";
import type { OpenSource } from "./open-source.ts";
import { pageOf } from "./paging.ts";
import { capTier, permits } from "./policy.ts";

/** Entries that pass the filters and the policy, sorted by id, then in the order of the sources. */
export async function listEntries(state: CatalogState, request: ListRequest): Promise<ListAnswer> {
  const { limit, offset } = pageOf(request, 50);
  const found: { readonly open: OpenSource; readonly record: EntryRecord }[] = [];
  for (const open of state.sources) {
    if (request.source !== undefined && open.source.name !== request.source) continue;
    for (const record of await readAll(open)) {
      if (permits(state.policy, record) && passes(record, request)) found.push({ open, record });
    }
  }
  if (found.length === 0) requireAllReadable(state, request.source);
  // The sort is stable: entries of one id stay in the order of the sources.
  found.sort((a, b) => (a.record.id < b.record.id ? -1 : Number(a.record.id > b.record.id)));
  const page = found.slice(offset, offset + limit);
  const entries: EntrySummary[] = [];
  for (const { open, record } of page) entries.push(await summarise(state, open, record));
  return { total: found.length, offset, entries };
}

/** Whether an entry has everything the filters ask for; the source is not looked at. */
function passes(record: EntryRecord, filters: Filters): boolean {
  return [
    filters.type === undefined || record.type === filters.type,
    filters.tiers === undefined || filters.tiers.includes(record.tier),
    filters.author === undefined || authorOf(record.id) === filters.author.toLowerCase(),
    filters.language === undefined || speaks(record, filters.language),
    hasTags(record, filters.tags ?? []),
  ].every(Boolean);
}

async function readAll(open: OpenSource): Promise<readonly EntryRecord[]> {
  const records = await open.entries.records(0, open.entries.size);
  return records.map((record) => capTier(record, open.tierCap));
}

function speaks(record: EntryRecord, language: string): boolean {
  const wanted = languageKey(language);
  return record.variants.some(
    (variant) => variant.language !== null && languageKey(variant.language) === wanted,
  );
}

function hasTags(record: EntryRecord, tags: readonly string[]): boolean {
  const known = new Set(record.tags.map((tag) => tag.toLowerCase()));
  return tags.every((tag) => known.has(tag.trim().toLowerCase()));
}

function languageKey(language: string): string {
  return canonicalLanguage(language) ?? language.trim().toLowerCase();
}
