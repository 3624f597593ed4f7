import { canonicalLanguage } from "../contract/languages.ts";
import { TIERS, type Tier } from "../contract/contract.ts";
import type { NamedIndex } from "./named-index.ts";
import type { SearchFilters, SearchOptions } from "./search-types.ts";
import { facetTerm, termHash } from "./term-hash.ts";

/** Whether an entry may be returned. */
export type Acceptance = (ordinal: number) => boolean;

/** The entries of an index that pass the filters and hold the required terms; null when the source is filtered out. */
export function acceptance(
  named: NamedIndex,
  options: SearchOptions,
  required: readonly string[],
): Acceptance | null {
  const { filters = {}, accepts } = options;
  const { index, source } = named;
  if (filters.source !== undefined && filters.source !== source) return null;
  const wanted = wantedTerms(filters, { required, tierCap: named.tierCap });
  if (wanted.length === 0 && accepts === undefined) return () => true;
  const passed = new Uint8Array(index.documents);
  for (const [step, alternatives] of wanted.entries()) {
    if (step === MOST_FILTERS) break;
    for (const term of alternatives) {
      index.visit(termHash(term), (ordinal) => {
        if (passed[ordinal] === step) passed[ordinal] = step + 1;
      });
    }
  }
  const needed = Math.min(wanted.length, MOST_FILTERS);
  return (ordinal) =>
    passed[ordinal] === needed && (accepts === undefined || accepts(source, index.id(ordinal)));
}

/** What an entry must have: one of the terms of each list. */
export function wantedTerms(
  filters: SearchFilters,
  by: { readonly required: readonly string[]; readonly tierCap: Tier | undefined },
): readonly (readonly string[])[] {
  return [
    ...filterTerms(filters).map((term) => [term]),
    ...(filters.tiers === undefined ? [] : [tierTerms(filters.tiers, by.tierCap)]),
    ...by.required.map((term) => [term]),
  ];
}

function filterTerms(filters: SearchFilters): string[] {
  const terms = (filters.tags ?? []).map((tag) => facetTerm("tag", tag.trim().toLowerCase()));
  if (filters.language !== undefined) {
    const language = canonicalLanguage(filters.language) ?? filters.language.toLowerCase();
    terms.push(facetTerm("language", language));
  }
  if (filters.type !== undefined) terms.push(facetTerm("type", filters.type));
  if (filters.author !== undefined) terms.push(facetTerm("author", filters.author.toLowerCase()));
  return terms;
}

/** Tiers in the index whose capped form is wanted. */
function tierTerms(tiers: readonly Tier[], cap: Tier | undefined): string[] {
  const highest = cap === undefined ? 0 : TIERS.indexOf(cap);
  return TIERS.filter((_, rank) => {
    const capped = TIERS[Math.max(rank, highest)];
    return capped !== undefined && tiers.includes(capped);
  }).map((tier) => facetTerm("tier", tier));
}

const MOST_FILTERS = 250; // steps fit a byte; a query has at most 48 words
