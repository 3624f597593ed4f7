import type { Miss } from "../catalog/catalog.ts";
import type { EntryRecord } from "../catalog/entry-record.ts";
import { byCodeUnit } from "../contract/code-unit-order.ts";

/** An entry that a name may mean. */
export interface Candidate {
  readonly source: string;
  readonly record: EntryRecord;
}

export interface ChosenEntry {
  readonly outcome: "chosen";
  readonly candidate: Candidate;
}

/**
 * The one entry among those a name may mean, or the addresses to choose from. Pure and total.
 *
 * One id in several sources is a choice, unless the configuration lets the first source win: a source
 * is never shadowed in silence.
 */
export function chooseEntry(
  name: string,
  candidates: readonly Candidate[],
  shadow: boolean,
): ChosenEntry | Miss {
  const ids = [...new Set(candidates.map(({ record }) => record.id))].sort(byCodeUnit);
  const [first] = candidates;
  if (first === undefined) return { outcome: "unknown-id", id: name, suggestions: [] };
  if (ids.length > 1) return { outcome: "choose-entry", id: name, choices: ids };
  if (candidates.length === 1 || shadow) return { outcome: "chosen", candidate: first };
  return {
    outcome: "choose-entry",
    id: name,
    choices: candidates.map(({ source, record }) => `${source}:${record.id}`),
  };
}
