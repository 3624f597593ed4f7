import { TIERS, type Tier } from "../contract/contract.ts";
import type { ReaderConfig } from "../contract/generated/config.ts";
import type { TrustPolicy } from "../catalog/policy.ts";
import { invalid, type ConfigFile } from "./config-file.ts";
import { DEFAULT_SOURCE, type Configuration, type SourceSettings } from "./configuration.ts";
import {
  hasSources,
  sourceSettings,
  sourceUrlProblem,
  type ResolvePath,
} from "./source-settings.ts";

/** A file with the way its paths are meant. */
export interface PlacedFile extends ConfigFile {
  readonly resolvePath: ResolvePath;
}

export interface ConfigurationInputs {
  readonly home: string;
  readonly user: PlacedFile | null;
  readonly project: (PlacedFile & { readonly directory: string; readonly trusted: boolean }) | null;
  /** `CHUB_*` variables. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/**
 * One configuration of the user's file, the project's and the environment.
 *
 * A project the user does not trust can only narrow what is read: its sources and everything that
 * leads out of the machine have no effect and are named in `warnings`. Errors: ChubError CONFIG.
 */
export function mergeConfiguration({
  home,
  user,
  project,
  variables,
}: ConfigurationInputs): Configuration {
  const full = [project?.trusted === true ? project : null, user].filter((file) => file !== null);
  const narrowing = [project, user].filter((file) => file !== null);
  const feedbackUrl =
    firstOf(full, "feedback") === true ? firstOf(full, "feedback_url") : undefined;
  return {
    home,
    sources: mergeSources(full, variables),
    policy: mergePolicy(user, project),
    shadow: firstOf(full, "shadow") ?? false,
    languages: firstOf(narrowing, "languages") ?? [],
    ...outputDirectoryOf(full),
    outputFormat: firstOf(narrowing, "output_format") ?? "human",
    refreshIntervalSeconds: firstOf(full, "refresh_interval") ?? DEFAULT_REFRESH_SECONDS,
    offline: isOn(variables["CHUB_OFFLINE"]),
    ...(feedbackUrl === undefined ? {} : { feedbackUrl }),
    ...helpOf(full, variables),
    ...(project === null ? {} : { projectDirectory: project.directory }),
    warnings: project === null || project.trusted ? [] : ignoredKeys(project),
  };
}

/** The value of the first file that has the key. */
function firstOf<K extends keyof ReaderConfig>(
  files: readonly ConfigFile[],
  key: K,
): ReaderConfig[K] | undefined {
  return files.find(({ config }) => config[key] !== undefined)?.config[key];
}

/** Help from elsewhere is words from elsewhere: only the user, or a project the user trusts, may ask for it. */
function helpOf(
  files: readonly ConfigFile[],
  variables: ConfigurationInputs["variables"],
): Pick<Configuration, "help"> {
  const url = variables["CHUB_HELP_URL"] ?? firstOf(files, "help_url");
  if (typeof url !== "string" || NO_URL.has(url.trim().toLowerCase())) return {};
  const given = Number(variables["CHUB_HELP_TIMEOUT_MS"] ?? firstOf(files, "help_timeout_ms"));
  const timeoutMs = Number.isFinite(given) && given > 0 ? Math.min(given, MAX_HELP_MS) : HELP_MS;
  return { help: { url: url.trim(), timeoutMs } };
}

function outputDirectoryOf(files: readonly PlacedFile[]): { readonly outputDirectory?: string } {
  const file = files.find(({ config }) => config.output_dir !== undefined);
  return file === undefined
    ? {}
    : { outputDirectory: file.resolvePath(file.config.output_dir ?? "") };
}

/** The project's sources come first; one with the name of a user's source takes its place. */
function mergeSources(
  files: readonly PlacedFile[],
  variables: ConfigurationInputs["variables"],
): readonly SourceSettings[] {
  const url = variables["CHUB_BUNDLE_URL"];
  if (
    url !== undefined &&
    url !== "" &&
    !files.some(({ config }) => config.sources !== undefined)
  ) {
    const problem = sourceUrlProblem(url);
    if (problem !== null) throw invalid([`CHUB_BUNDLE_URL: ${problem}`]);
    return [
      {
        name: "default",
        kind: "url",
        url: url.replace(/\/+$/, ""),
        headers: {},
        tier: "maintainer",
      },
    ];
  }
  const configured = files
    .filter(({ config }) => hasSources(config))
    .flatMap((file) => sourceSettings(file, file.resolvePath));
  if (!files.some(({ config }) => hasSources(config))) return [DEFAULT_SOURCE];
  return configured.filter(
    ({ name }, index) => configured.findIndex((other) => other.name === name) === index,
  );
}

/** Every file narrows: tiers and allowed namespaces are intersected, denied ones are joined. */
function mergePolicy(user: ConfigFile | null, project: ConfigFile | null): TrustPolicy {
  const policies = [user, project].flatMap((file) => (file === null ? [] : [policyOf(file)]));
  const tiers = policies.flatMap((policy) => (policy.tiers === undefined ? [] : [policy.tiers]));
  const allow = policies.map((policy) => policy.allow).filter((names) => names.length > 0);
  const [firstAllow = [], ...otherAllows] = allow;
  const allowed = firstAllow.filter((name) => otherAllows.every((names) => names.includes(name)));
  return {
    ...(tiers.length === 0
      ? {}
      : { tiers: TIERS.filter((tier) => tiers.every((some) => some.includes(tier))) }),
    // An empty list would allow everything; a name that no namespace has allows nothing.
    allow: allow.length > 0 && allowed.length === 0 ? [NOBODY] : allowed,
    deny: policies.flatMap((policy) => policy.deny),
  };
}

function policyOf({ config, place }: ConfigFile): TrustPolicy {
  const lower = (names: readonly string[] | undefined): string[] =>
    (names ?? []).map((name) => name.trim().toLowerCase());
  const policy = { allow: lower(config.allow), deny: lower(config.deny) };
  if (config.source === undefined) return policy;
  const wanted = typeof config.source === "string" ? config.source.split(",") : config.source;
  const tiers = lower(wanted).filter((tier) => tier !== "");
  const unknown = tiers.filter((tier) => !TIERS.includes(tier as Tier));
  if (unknown.length > 0)
    throw invalid([
      `${place("/source")}: Unexpected tier "${unknown.join('", "')}", expected ${TIERS.join(", ")}`,
    ]);
  return { ...policy, tiers: tiers as Tier[] };
}

function ignoredKeys({ config, path }: ConfigFile): readonly string[] {
  const ignored = Object.keys(config).filter(
    (key) => !NARROWING_KEYS.has(key) && !key.startsWith("x-"),
  );
  if (ignored.length === 0) return [];
  return [
    `${path}: ${ignored.join(", ")} ignored, because the project is not among trusted_projects of your own config.yaml`,
  ];
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "0" && value.toLowerCase() !== "false";
}

const NARROWING_KEYS = new Set([
  "source",
  "allow",
  "deny",
  "languages",
  "output_format",
  "telemetry",
  "telemetry_url",
  "token",
]);
/** What Context Hub takes for no help from elsewhere. */
const NO_URL = new Set(["", "0", "false", "off", "disabled", "none", "local"]);
const HELP_MS = 2_000;
const MAX_HELP_MS = 10_000;
const DEFAULT_REFRESH_SECONDS = 6 * 60 * 60;
/** No namespace can have this name. */
const NOBODY = "-";
