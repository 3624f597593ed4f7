import { ChubError } from "../chub-error.ts";
import {
  DEFAULT_PACKAGE,
  type Configuration,
  type Environment,
  type SourceSettings,
} from "../config/configuration.ts";
import type { Tier } from "../contract/contract.ts";
import { directorySource } from "./directory-source.ts";
import type { Source } from "./source.ts";
import { unreadableSource } from "./unreadable-source.ts";

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
): readonly ConfiguredSource[] {
  return configuration.sources.map((settings) => ({
    source: sourceOf(settings, environment),
    tier: settings.tier,
  }));
}

function sourceOf(settings: SourceSettings, environment: Environment): Source {
  const { name } = settings;
  switch (settings.kind) {
    case "path":
      return directorySource({ name, kind: "path", directory: settings.directory });
    case "embedded":
      return embeddedSource(name, environment.contentDirectory());
    case "url":
      return unreadableSource({ name, kind: "url", location: settings.url }, unsupported(name));
    case "npm":
      return unreadableSource(
        { name, kind: "npm", location: settings.packageName },
        unsupported(name),
      );
  }
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

function unsupported(name: string): ChubError {
  return new ChubError("CONFIG", `Source ${name} is neither a path nor the installed package`, {
    hint: "Use a source with `path`.",
  });
}
