import { ChubError } from "../chub-error.ts";
import { chooseEntry, type Candidate } from "../resolve/choose-entry.ts";
import { readableRecord, refusedEntry, requireData, type CatalogState } from "./catalog-state.ts";
import type { Miss, ParsedAddress, ResolvedText } from "./catalog.ts";
import { authorOf, nameKey } from "./entry-names.ts";
import type { EntryRecord } from "./entry-record.ts";
import type { OpenSource } from "./open-source.ts";

export interface LocatedEntry {
  readonly outcome: "located";
  readonly source: OpenSource;
  /** Its tier is capped by the source. */
  readonly record: EntryRecord;
  readonly followed?: NonNullable<ResolvedText["followed"]>;
}

/**
 * The entry an address means: by id, else by redirect, else by the one entry that an alias, a package,
 * a last part of an id or an author leads to.
 *
 * Errors: ChubError POLICY when the id is there and may not be read, INTEGRITY when its entry was
 * refused, the failure of a source that could not be opened when nothing else was found.
 */
export async function locateEntry(
  state: CatalogState,
  address: ParsedAddress,
): Promise<LocatedEntry | Miss> {
  const sources = state.sources.filter(
    ({ source }) => address.source === undefined || source.name === address.source,
  );
  const found = await findCandidates(state, sources, address.id);
  if (found.byId.length > 0) return toLocated(state, address.id, found.byId);
  if (found.forbidden) throw forbidden(address.id);
  const redirected = await followRedirect(state, sources, address);
  if (redirected !== null) return redirected;
  requireNotRefused(sources, address.id);
  if (found.byName.length > 0) return toLocated(state, address.id, found.byName);
  requireData(state, address.source);
  const { suggestIds } = await import("./searching.ts");
  return {
    outcome: "unknown-id",
    id: address.id,
    suggestions: await suggestIds(state, address.id),
  };
}

interface SourcedCandidate extends Candidate {
  readonly open: OpenSource;
  readonly kind: "id" | "alias" | "short-name";
}

interface Found {
  readonly byId: readonly SourcedCandidate[];
  readonly byName: readonly SourcedCandidate[];
  /** Whether an entry with the id is there that the policy does not let be read. */
  readonly forbidden: boolean;
}

async function findCandidates(
  state: CatalogState,
  sources: readonly OpenSource[],
  name: string,
): Promise<Found> {
  const byId: SourcedCandidate[] = [];
  const byName = new Map<string, SourcedCandidate>();
  let isForbidden = false;
  for (const open of sources) {
    const add = async (kind: SourcedCandidate["kind"], ordinal: number): Promise<boolean> => {
      const record = await readableRecord(state, open, ordinal);
      if (record === null) return false;
      const candidate = { source: open.source.name, open, record, kind };
      if (kind === "id") byId.push(candidate);
      else
        byName.set(
          `${candidate.source}:${record.id}`,
          byName.get(`${candidate.source}:${record.id}`) ?? candidate,
        );
      return true;
    };
    for (const { kind, ordinal } of (await open.entries.find(nameKey(name))).slice(
      0,
      MAX_CHOICES,
    )) {
      if (kind === "id") isForbidden = !(await add("id", ordinal)) || isForbidden;
      else if (kind === "author") await addAuthor(open, ordinal, add);
      else if (kind !== "redirect") await add(kind === "alias" ? "alias" : "short-name", ordinal);
    }
  }
  return { byId, byName: [...byName.values()], forbidden: isForbidden };
}

/** All entries of an author: they stand together from the first on. */
async function addAuthor(
  open: OpenSource,
  first: number,
  add: (kind: "short-name", ordinal: number) => Promise<boolean>,
): Promise<void> {
  const records = await open.entries.records(first, first + MAX_CHOICES);
  const author = authorOf(records[0]?.id ?? "");
  for (const [index, record] of records.entries()) {
    if (authorOf(record.id) !== author) return;
    await add("short-name", first + index);
  }
}

function toLocated(
  state: CatalogState,
  name: string,
  candidates: readonly SourcedCandidate[],
): LocatedEntry | Miss {
  const chosen = chooseEntry(name, candidates, state.shadow);
  if (chosen.outcome !== "chosen") return chosen;
  const candidate = candidates.find((other) => other === chosen.candidate);
  if (candidate === undefined) throw new Error("Unexpected candidate, expected one of those given");
  const { open, record, kind } = candidate;
  return {
    outcome: "located",
    source: open,
    record,
    ...(kind === "id" ? {} : { followed: { from: name, kind } }),
  };
}

/** Where a moved id leads, in the source that says so; null when no source knows of a move. */
async function followRedirect(
  state: CatalogState,
  sources: readonly OpenSource[],
  address: ParsedAddress,
): Promise<LocatedEntry | Miss | null> {
  for (const open of sources) {
    let id = address.id;
    let reason: string | undefined;
    for (let hop = 0; hop < MAX_HOPS; hop += 1) {
      const hit = (await open.entries.find(nameKey(id))).find(({ kind }) => kind === "redirect");
      if (hit === undefined) break;
      const redirect = await open.entries.redirect(hit.ordinal);
      reason ??= redirect.reason;
      if (redirect.to === undefined)
        return { outcome: "retired", id: address.id, ...(reason === undefined ? {} : { reason }) };
      id = redirect.to;
    }
    if (id === address.id) continue;
    const { byId } = await findCandidates(state, [open], id);
    const located = toLocated(state, id, byId);
    if (located.outcome !== "located") continue;
    return {
      ...located,
      followed: { from: address.id, kind: "redirect", ...(reason === undefined ? {} : { reason }) },
    };
  }
  return null;
}

function requireNotRefused(sources: readonly OpenSource[], id: string): void {
  for (const { source, refused } of sources) {
    const reason = refused.get(id);
    if (reason === undefined) continue;
    throw refusedEntry(source.name, [id, reason]);
  }
}

function forbidden(id: string): ChubError {
  return new ChubError(
    "POLICY",
    `${id} may not be read: its namespace or its trust tier is not allowed`,
    {
      hint: "See `source`, `allow` and `deny` in config.yaml.",
    },
  );
}

const MAX_HOPS = 5;
const MAX_CHOICES = 50;
