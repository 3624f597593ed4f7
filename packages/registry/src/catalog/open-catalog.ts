import { openCache, type ObjectCache } from "../cache/object-cache.ts";
import { isChubError, type ChubError } from "../chub-error.ts";
import type { Configuration, Environment } from "../config/configuration.ts";
import {
  cacheFolder,
  configuredSources,
  type ConfiguredSource,
} from "../sources/configured-sources.ts";
import {
  isUpdatable,
  type Source,
  type UpdatableSource,
  type UpdateOutcome,
  type UpdateRequest,
} from "../sources/source.ts";
import { answerGet, answerOutline } from "./answer-get.ts";
import { answerResolve } from "./answer-resolve.ts";
import type { CatalogState } from "./catalog-state.ts";
import type { Catalog, SourceStatus } from "./catalog.ts";
import { listEntries } from "./list-entries.ts";
import { replaceableState } from "./replaceable-state.ts";
import { openSource, type OpenSource } from "./open-source.ts";
import type { TrustPolicy } from "./policy.ts";
import { searchOf } from "./search-of.ts";

/** Either the sources themselves, or a configuration that names them. */
export type CatalogOptions = SourcesOptions | ConfigurationOptions;

export interface SourcesOptions {
  /** In order of precedence. */
  readonly sources: readonly ConfiguredSource[];
  /** What may be read. Default: everything. */
  readonly policy?: TrustPolicy;
  /** Whether the first of several sources that hold one id wins; otherwise the answer is a choice. Default false. */
  readonly shadow?: boolean;
  /** Languages to take when an entry has several and none is asked for, in order of preference. Default none. */
  readonly languages?: readonly string[];
  /** Keeps what is made from Context Hub's registry.json. Default: it is made anew. */
  readonly cache?: ObjectCache;
  /** Bytes the cache may have after an update; the objects not written for the longest time go first. Default 1 GiB. */
  readonly maxCacheBytes?: number;
}

export interface ConfigurationOptions {
  /** See `loadConfiguration`. */
  readonly configuration: Configuration;
  readonly environment: Environment;
}

/** A catalog that holds files open, over sources that may change. */
export interface OpenedCatalog extends Catalog {
  /**
   * Asks the remote sources for what they have now; the next question is answered from it.
   *
   * Errors: none; a source that fails says so, and keeps what it had.
   */
  update(how: UpdateRequest): Promise<readonly SourceUpdate[]>;
  /** Why nothing can be kept for later, when that is so: answers are still right, and fetched again each time. */
  cacheProblem(): ChubError | null;
  close(): Promise<void>;
}

/** What became of one remote source. */
export type SourceUpdate = { readonly name: string } & (
  | UpdateOutcome
  | { readonly outcome: "failed"; readonly problem: ChubError }
);

/**
 * Opens what readers talk to. Reads the headers of the sources, nothing else; answers read what they need.
 *
 * A source that cannot be opened does not take the others with it: it is named by `sources()`, and a
 * question it might have answered fails with its error. Errors of the questions: ChubError NO_DATA,
 * INTEGRITY, POLICY, FORMAT_TOO_NEW, LOCAL_IO, USAGE, REQUEST_FAILED.
 */
export async function openCatalog(options: CatalogOptions): Promise<OpenedCatalog> {
  const given = sourcesOf(options);
  const open = (): Promise<CatalogState> => openState(given);
  const held = replaceableState(await open(), { open, close: closeState });
  /** Answers from what the sources have now; a source that changes under the question is opened anew. */
  const ask = async <T>(question: (state: CatalogState) => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt += 1) {
      const before = held.current();
      if (await hasChanged(given, before)) await held.replace(before);
      let used: CatalogState = before;
      try {
        return await held.use((state) => question((used = state)));
      } catch (error) {
        if (!isChubError(error) || attempt === MAX_ATTEMPTS) throw error;
        if (await hasChanged(given, used)) await held.replace(used);
        if (held.current() === used) throw error;
      }
    }
  };
  return {
    search: (request) =>
      ask(async (current) => (await import("./searching.ts")).answerSearch(current, request)),
    list: (request) => ask((current) => listEntries(current, request)),
    resolve: (request) =>
      ask(async (current) => {
        const answer = await answerResolve(current, request);
        return answer.outcome === "found" ? answer.resolved : answer;
      }),
    get: (request) =>
      ask(async (current) => {
        const answer = await answerResolve(current, request);
        return answer.outcome === "found"
          ? answerGet(answer.resolved, answer.open, request)
          : answer;
      }),
    outline: (request) =>
      ask(async (current) => {
        const answer = await answerResolve(current, request);
        return answer.outcome === "found"
          ? answerOutline(answer.resolved, answer.open, request)
          : answer;
      }),
    sources: () => given.sources.map(({ source }) => statusOf(source, held.current())),
    async update(how) {
      const updates: SourceUpdate[] = [];
      for (const { source } of given.sources) {
        if (isUpdatable(source)) updates.push(await updateSource(source, how));
      }
      given.cache?.evict(given.maxCacheBytes ?? MAX_CACHE_BYTES);
      await held.replace();
      return updates;
    },
    cacheProblem: () => given.cache?.problem() ?? null,
    close: () => held.close(),
  };
}

async function openState(given: SourcesOptions): Promise<CatalogState> {
  const sources: OpenSource[] = [];
  const unavailable = new Map<string, ChubError>();
  const snapshots = new Map<string, string>();
  for (const { source, tier } of given.sources) {
    try {
      const snapshot = isUpdatable(source) ? await source.snapshot() : null;
      sources.push(await openSource(snapshot ?? source, tier, given.cache ?? null));
      if (snapshot !== null) snapshots.set(source.name, snapshot.id);
    } catch (error) {
      if (!isChubError(error)) throw error;
      unavailable.set(source.name, error);
    }
  }
  return {
    sources,
    unavailable,
    snapshots,
    policy: given.policy ?? { allow: [], deny: [] },
    shadow: given.shadow ?? false,
    preferredLanguages: given.languages ?? [],
    search: searchOf(sources, given.cache ?? null),
  };
}

async function closeState({ sources }: CatalogState): Promise<void> {
  await Promise.all(sources.map(({ entries }) => entries.close()));
}

/** Whether a remote source has another artifact than the open one, or can be reached after it could not. */
async function hasChanged({ sources }: SourcesOptions, state: CatalogState): Promise<boolean> {
  const remote = sources.flatMap(({ source }) => (isUpdatable(source) ? [source] : []));
  const changes = await Promise.all(
    remote.map(async (source) => {
      try {
        return (await source.check()) !== state.snapshots.get(source.name);
      } catch (error) {
        if (isChubError(error)) return false;
        throw error;
      }
    }),
  );
  return changes.includes(true);
}

async function updateSource(source: UpdatableSource, how: UpdateRequest): Promise<SourceUpdate> {
  try {
    return { name: source.name, ...(await source.update(how)) };
  } catch (error) {
    if (!isChubError(error)) throw error;
    return { name: source.name, outcome: "failed", problem: error };
  }
}

function sourcesOf(options: CatalogOptions): SourcesOptions {
  if ("sources" in options) return options;
  const { configuration, environment } = options;
  const { policy, shadow, languages } = configuration;
  const cache = openCache(cacheFolder(configuration));
  const sources = configuredSources(configuration, environment, cache);
  return { sources, policy, shadow, languages, cache };
}

function statusOf(source: Source, { sources, unavailable }: CatalogState): SourceStatus {
  const { name, kind, location } = source;
  const open = sources.find((candidate) => candidate.source.name === name);
  const error = unavailable.get(name);
  const remote = isUpdatable(source) ? source : null;
  const checkedAt = remote?.checkedAt() ?? null;
  const release = remote?.release() ?? null;
  const late = open === undefined ? null : (remote?.problem() ?? null);
  return {
    name,
    kind,
    location,
    layout: open?.layout ?? "chub",
    entries: open?.entries.size ?? 0,
    ...(open?.digest === undefined ? {} : { digest: open.digest }),
    ...(checkedAt === null ? {} : { checkedAt }),
    ...(release === null ? {} : { release }),
    ...(late === null ? {} : { stale: { code: late.code, message: late.message } }),
    ...(error === undefined ? {} : { problem: { code: error.code, message: error.message } }),
  };
}

/** A source that changes faster than it can be read is given up. */
const MAX_ATTEMPTS = 3;
/** Several complete generations of a catalogue of tens of thousands of entries. */
const MAX_CACHE_BYTES = 1024 * 1024 * 1024;
