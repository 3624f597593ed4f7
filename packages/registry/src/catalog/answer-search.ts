import { TIERS, type Tier } from "../contract/contract.ts";
import { canonicalLanguage } from "../contract/languages.ts";
import { formatAddress } from "../resolve/parse-address.ts";
import type {
  FoundSection,
  RankedAnswer,
  RankedHit,
  RankedPlace,
  SearchBackend,
  SearchFilters,
  SearchOptions,
} from "../search/search-types.ts";
import { quotedPhrases } from "../search/parse-query.ts";
import { snippetsFor } from "../search/snippet.ts";
import { requireAllReadable, sourceNamed, summarise, type CatalogState } from "./catalog-state.ts";
import type {
  EntrySummary,
  SearchAnswer,
  SearchHit,
  SearchRequest,
  SectionHit,
} from "./catalog.ts";
import { nameKey } from "./entry-names.ts";
import type { EntryRecord } from "./entry-record.ts";
import { loadFile } from "./open-text.ts";
import { pageOf } from "./paging.ts";
import { hitsWithPhrases, MOST_READ } from "./phrase-hits.ts";
import { capTier, permits, permitsEverything } from "./policy.ts";

/** Entries that answer a query, best first, with their best sections. */
export async function answerSearch(
  state: CatalogState,
  request: SearchRequest,
): Promise<SearchAnswer> {
  const { limit, offset } = pageOf(request, 20);
  const backend = await state.search();
  const ranked = await rankedHits(state, backend, { request, limit, offset });
  if (ranked.total === 0) requireAllReadable(state, request.source);
  const hits = await describeHits(state, { backend, request, hits: ranked.hits });
  const [place] = ranked.exact;
  return {
    query: request.query,
    total: ranked.total,
    offset,
    hits,
    ...(place === undefined ? {} : { exact: await entryAt(state, place) }),
    suggestions: ranked.suggestions,
  };
}

/** A page of the ranking. Phrases in quotes must stand in the texts: then the best hits are read, and counted here. */
async function rankedHits(
  state: CatalogState,
  backend: SearchBackend,
  { request, limit, offset }: { request: SearchRequest; limit: number; offset: number },
): Promise<RankedAnswer> {
  const options = {
    filters: filtersOf(state, request),
    explain: request.explain ?? false,
    ...authorAccepted(state),
  };
  const phrases = request.query.includes('"') ? quotedPhrases(request.query) : [];
  if (phrases.length === 0) return backend.search(request.query, { ...options, limit, offset });
  const ranked = await backend.search(request.query, { ...options, limit: MOST_READ });
  const hits = await hitsWithPhrases(state, ranked.hits, {
    phrases,
    speaks: (record, variant) => speaks(record, variant, request.language),
  });
  return { ...ranked, total: hits.length, hits: hits.slice(offset, offset + limit) };
}

/** Ids with names near to one that is not there, nearest first. */
export async function suggestIds(state: CatalogState, name: string): Promise<readonly string[]> {
  const backend = await state.search();
  const answer = await backend.search(name, {
    filters: filtersOf(state, {}),
    limit: SUGGESTIONS,
    ...authorAccepted(state),
  });
  if (answer.hits.length === 0) return answer.suggestions.slice(0, SUGGESTIONS);
  const entries = await Promise.all(answer.hits.map((hit) => entryAt(state, hit)));
  return [...new Set(entries.map(({ record }) => record.id))];
}

/** Filters of the request within what the policy allows. */
function filtersOf(state: CatalogState, request: Partial<SearchRequest>): SearchFilters {
  const { tags, language, type, source, author } = request;
  const tiers = allowedTiers(state, request.tiers);
  return {
    ...(tags === undefined ? {} : { tags }),
    ...(language === undefined ? {} : { language }),
    ...(type === undefined ? {} : { type }),
    ...(tiers === undefined ? {} : { tiers }),
    ...(source === undefined ? {} : { source }),
    ...(author === undefined ? {} : { author }),
  };
}

function allowedTiers(
  { policy }: CatalogState,
  wanted: readonly Tier[] | undefined,
): readonly Tier[] | undefined {
  if (policy.tiers === undefined) return wanted;
  return (wanted ?? TIERS).filter((tier) => policy.tiers?.includes(tier));
}

/** The part of the policy that needs the id only; tiers are among the filters, where they cost nothing. */
function authorAccepted({ policy }: CatalogState): Pick<SearchOptions, "accepts"> {
  const { allow, deny } = policy;
  // Without it no id has to be read from the index.
  if (permitsEverything({ allow, deny })) return {};
  return { accepts: (_, id) => permits({ allow, deny }, { id, tier: "official" }) };
}

interface HitList {
  readonly backend: SearchBackend;
  readonly request: SearchRequest;
  readonly hits: readonly RankedHit[];
}

async function describeHits(
  state: CatalogState,
  { backend, request, hits }: HitList,
): Promise<readonly SearchHit[]> {
  const entries = await Promise.all(hits.map((hit) => entryAt(state, hit)));
  const sections = new Map<string, ReadonlyMap<number, readonly FoundSection[]>>();
  const detailed = hits.slice(0, request.sectionsFor ?? hits.length);
  for (const source of new Set(detailed.map((hit) => hit.source))) {
    const records = new Map(
      detailed.flatMap((hit, index) =>
        hit.source === source ? [[hit.ordinal, entries[index]?.record]] : [],
      ),
    );
    const accepts = (ordinal: number, variant: number): boolean =>
      speaks(records.get(ordinal), variant, request.language);
    sections.set(
      source,
      await backend.sections(source, {
        query: request.query,
        ordinals: [...records.keys()],
        accepts,
      }),
    );
  }
  const excerptOf = snippetsFor(request.query);
  return Promise.all(
    hits.map(async ({ source, ordinal, score, explanation }, index): Promise<SearchHit> => {
      const entry = entries[index];
      if (entry === undefined) throw new Error("Unexpected hit without entry");
      const found = sections.get(source)?.get(ordinal) ?? [];
      return {
        ...entry,
        score,
        sections: await Promise.all(
          found.map((section, rank) => describeSection(state, { entry, section, rank, excerptOf })),
        ),
        ...(explanation === undefined ? {} : { explanation }),
      };
    }),
  );
}

interface PlacedSection {
  readonly entry: EntrySummary;
  readonly section: FoundSection;
  /** 0 for the best of the entry. */
  readonly rank: number;
  /** Cuts the part out of a text that answers the query. */
  readonly excerptOf: (text: string) => string;
}

async function describeSection(state: CatalogState, placed: PlacedSection): Promise<SectionHit> {
  const { entry, section } = placed;
  const { variant: position, score: _, ...rest } = section;
  const variant = entry.record.variants[position];
  const version =
    variant === undefined || variant.recommended || variant.version === null
      ? {}
      : { version: variant.version };
  const file = section.file === variant?.entryFile ? "" : `${section.file}#`;
  const excerpt = await snippetOf(state, placed);
  return {
    address: formatAddress({ id: entry.address, ...version, section: `${file}${section.slug}` }),
    language: variant?.language ?? null,
    version: variant?.version ?? null,
    ...rest,
    ...(excerpt === null ? {} : { snippet: excerpt }),
  };
}

/** Text around the matched words, for the best section of an entry; never worth a request to a server. */
async function snippetOf(
  state: CatalogState,
  { entry, section, rank, excerptOf }: PlacedSection,
): Promise<string | null> {
  const open = state.sources.find(({ source }) => source.name === entry.source);
  const variant = entry.record.variants[section.variant];
  if (rank > 0 || open === undefined || variant === undefined || open.source.kind === "url")
    return null;
  const file = await loadFile({ open, variant }, section.file, "bytes");
  if (file === null) return null;
  const lines = linesBetween(new TextDecoder().decode(file.bytes), section);
  const prose = lines.filter((line) => !/^\s*(?:#{1,6}\s|`{3}|~{3})/.test(line)).join("\n");
  return excerptOf(prose.slice(0, SNIPPET_SOURCE));
}

/** The lines of a section; the others, mostly many times as many, are only stepped over. */
function linesBetween(
  text: string,
  { startLine, endLine }: Pick<FoundSection, "startLine" | "endLine">,
): readonly string[] {
  const start = lineStart(text, { from: 0, lines: startLine - 1 });
  return text
    .slice(start, lineStart(text, { from: start, lines: endLine - startLine + 1 }))
    .split("\n");
}

/** Where a line begins that is so many lines after the one that begins at `from`. */
function lineStart(
  text: string,
  { from, lines }: { readonly from: number; readonly lines: number },
): number {
  let start = from;
  for (let left = lines; left > 0; left--) {
    const end = text.indexOf("\n", start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  return start;
}

async function entryAt(
  state: CatalogState,
  { source, ordinal }: RankedPlace,
): Promise<EntrySummary> {
  const open = sourceNamed(state, source);
  return summarise(state, open, capTier(await open.entries.record(ordinal), open.tierCap));
}

function speaks(
  record: EntryRecord | undefined,
  variant: number,
  language: string | undefined,
): boolean {
  const spoken = record?.variants[variant]?.language ?? null;
  if (language === undefined || spoken === null) return true;
  const key = (name: string): string => canonicalLanguage(name) ?? nameKey(name);
  return key(spoken) === key(language);
}

const SUGGESTIONS = 5;
/** Characters to look for the words in; nine of ten sections have fewer than 1,700. */
const SNIPPET_SOURCE = 2_500;
