import { isChubError, type ChubError } from "../chub-error.ts";
import type { Configuration, Environment } from "../config/configuration.ts";
import { configuredSources, type ConfiguredSource } from "../sources/configured-sources.ts";
import type { Source } from "../sources/source.ts";
import { answerGet, answerOutline } from "./answer-get.ts";
import { answerResolve } from "./answer-resolve.ts";
import { answerSearch } from "./answer-search.ts";
import type { CatalogState } from "./catalog-state.ts";
import type { Catalog, SourceStatus } from "./catalog.ts";
import { listEntries } from "./list-entries.ts";
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
}

export interface ConfigurationOptions {
  /** See `loadConfiguration`. */
  readonly configuration: Configuration;
  readonly environment: Environment;
}

/** A catalog that holds files open. */
export interface OpenedCatalog extends Catalog {
  close(): Promise<void>;
}

/**
 * Opens what readers talk to. Reads the headers of the sources, nothing else; answers read what they need.
 *
 * A source that cannot be opened does not take the others with it: it is named by `sources()`, and a
 * question it might have answered fails with its error. Errors of the questions: ChubError NO_DATA,
 * INTEGRITY, POLICY, FORMAT_TOO_NEW, LOCAL_IO, USAGE, REQUEST_FAILED.
 */
export async function openCatalog(options: CatalogOptions): Promise<OpenedCatalog> {
  const given = sourcesOf(options);
  const sources: OpenSource[] = [];
  const unavailable = new Map<string, ChubError>();
  for (const { source, tier } of given.sources) {
    try {
      sources.push(await openSource(source, tier));
    } catch (error) {
      if (!isChubError(error)) throw error;
      unavailable.set(source.name, error);
    }
  }
  const state: CatalogState = {
    sources,
    unavailable,
    policy: given.policy ?? { allow: [], deny: [] },
    shadow: given.shadow ?? false,
    preferredLanguages: given.languages ?? [],
    search: searchOf(sources),
  };
  return {
    search: (request) => answerSearch(state, request),
    list: (request) => listEntries(state, request),
    sources: () => [
      ...sources.map(statusOf),
      ...given.sources.flatMap(({ source }) => problemOf(source, unavailable)),
    ],
    async resolve(request) {
      const answer = await answerResolve(state, request);
      return answer.outcome === "found" ? answer.resolved : answer;
    },
    async get(request) {
      const answer = await answerResolve(state, request);
      return answer.outcome === "found" ? answerGet(answer.resolved, answer.open, request) : answer;
    },
    async outline(request) {
      const answer = await answerResolve(state, request);
      return answer.outcome === "found"
        ? answerOutline(answer.resolved, answer.open, request)
        : answer;
    },
    async close() {
      await Promise.all(sources.map(({ entries }) => entries.close()));
    },
  };
}

function sourcesOf(options: CatalogOptions): SourcesOptions {
  if ("sources" in options) return options;
  const { configuration, environment } = options;
  const { policy, shadow, languages } = configuration;
  return { sources: configuredSources(configuration, environment), policy, shadow, languages };
}

function statusOf({ source, layout, entries, digest }: OpenSource): SourceStatus {
  const { name, kind, location } = source;
  return {
    name,
    kind,
    location,
    layout,
    entries: entries.size,
    ...(digest === undefined ? {} : { digest }),
  };
}

function problemOf(
  { name, kind, location }: Source,
  unavailable: ReadonlyMap<string, ChubError>,
): readonly SourceStatus[] {
  const error = unavailable.get(name);
  if (error === undefined) return [];
  return [
    {
      name,
      kind,
      location,
      layout: "chub",
      entries: 0,
      problem: { code: error.code, message: error.message },
    },
  ];
}
