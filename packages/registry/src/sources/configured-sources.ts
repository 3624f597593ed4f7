import { join } from "node:path";
import { openCache, type ObjectCache } from "../cache/object-cache.ts";
import { ChubError } from "../chub-error.ts";
import {
  DEFAULT_PACKAGE,
  type Configuration,
  type Environment,
  type SourceSettings,
} from "../config/configuration.ts";
import type { Tier } from "../contract/contract.ts";
import { directorySource } from "./directory-source.ts";
import { NpmSource } from "./npm-source.ts";
import { npmOptions } from "./npmrc.ts";
import { pathSource, type PathSourceOptions } from "./path-source.ts";
import type { Source } from "./source.ts";
import { unreadableSource } from "./unreadable-source.ts";
import { UrlSource } from "./url-source.ts";

/** A source with the trust it can give. */
export interface ConfiguredSource {
  readonly source: Source;
  /** Highest tier an entry of it can have. */
  readonly tier: Tier;
}

/** The sources of a configuration, in its order. Nothing is read yet. */
export function configuredSources(
  configuration: Configuration,
  environment: Environment,
  cache: ObjectCache,
): readonly ConfiguredSource[] {
  const world: World = { configuration, environment, cache };
  return configuration.sources.map((settings) => ({
    source: sourceOf(settings, world),
    tier: settings.tier,
  }));
}

/** Folder of the cache; it holds nothing that cannot be fetched again. */
export function cacheFolder({ home }: Pick<Configuration, "home">): string {
  return join(home, "cache");
}

interface World {
  readonly configuration: Configuration;
  readonly environment: Environment;
  readonly cache: ObjectCache;
}

function sourceOf(settings: SourceSettings, world: World): Source {
  const { name } = settings;
  switch (settings.kind) {
    case "path":
      return pathSource({ name, directory: settings.directory, ...compilerOf(world.environment) });
    case "embedded":
      return embeddedSource(name, world.environment.contentDirectory());
    case "url":
      return hostSource(settings, world);
    case "npm":
      return packageSource(settings, world);
  }
}

function compilerOf({ compileContent }: Environment): Pick<PathSourceOptions, "compileContent"> {
  return compileContent === undefined ? {} : { compileContent };
}

type UrlSettings = Extract<SourceSettings, { kind: "url" }>;

function hostSource(settings: UrlSettings, { configuration, environment, cache }: World): Source {
  const { name, url, pointer } = settings;
  const headers = requestHeaders(settings, environment);
  if (headers instanceof ChubError)
    return unreadableSource({ name, kind: "url", location: url }, headers);
  const { refreshIntervalSeconds, offline } = configuration;
  const memory = openCache(join(configuration.home, "pointers"));
  return new UrlSource({
    name,
    url,
    headers,
    cache,
    now: Date.now,
    refreshIntervalSeconds,
    offline,
    ...(pointer === undefined ? {} : { pointer: { ...pointer, memory } }),
  });
}

function packageSource(
  { name, packageName, range }: Extract<SourceSettings, { kind: "npm" }>,
  { configuration, environment, cache }: World,
): Source {
  const { refreshIntervalSeconds, offline } = configuration;
  const npm = npmOptions(environment);
  return new NpmSource({
    name,
    packageName,
    range,
    npm,
    cache,
    now: Date.now,
    refreshIntervalSeconds,
    offline,
  });
}

/** Headers with the secrets of the environment in them, or the failure that one is not set. */
function requestHeaders(
  { name, headers, tokenVariable }: UrlSettings,
  { variables }: Environment,
): Record<string, string> | ChubError {
  const missing: string[] = [];
  const valueOf = (variable: string): string => {
    const value = variables[variable];
    if (value === undefined || value === "") missing.push(variable);
    return value ?? "";
  };
  const filled = Object.entries(headers).map(([key, text]) => [
    key,
    text.replaceAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, variable: string) => valueOf(variable)),
  ]);
  const token =
    tokenVariable === undefined ? [] : [["authorization", `Bearer ${valueOf(tokenVariable)}`]];
  if (missing.length === 0)
    return Object.fromEntries([...filled, ...token]) as Record<string, string>;
  return new ChubError(
    "CONFIG",
    `Source ${name} needs the environment variable ${missing.join(", ")}, which is not set`,
    {
      hint: "Set it, or correct the source in config.yaml.",
    },
  );
}

function embeddedSource(name: string, directory: string | null): Source {
  if (directory !== null)
    return directorySource({ name, kind: "embedded", directory, location: DEFAULT_PACKAGE });
  const reason = new ChubError(
    "NO_DATA",
    `The documents that come with chub, ${DEFAULT_PACKAGE}, are not installed`,
    {
      hint: `Install ${DEFAULT_PACKAGE} next to chub, or configure a source in config.yaml.`,
    },
  );
  return unreadableSource({ name, kind: "embedded", location: DEFAULT_PACKAGE }, reason);
}
