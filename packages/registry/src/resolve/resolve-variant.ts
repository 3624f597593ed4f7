import type { Miss, VersionMatch } from "../catalog/catalog.ts";
import type { EntryRecord, Variant } from "../catalog/entry-record.ts";
import { byCodeUnit } from "../contract/code-unit-order.ts";
import { canonicalLanguage } from "../contract/languages.ts";
import { nearestVersion } from "./nearest-version.ts";
import { packageKey, parsePackageUrl } from "./package-url.ts";
import { highestVersion } from "./version-order.ts";
import { isExactly, versionsFulfilling } from "./version-range.ts";

export interface VariantRequest {
  /** Canonical name or alias. */
  readonly language?: string;
  /** Version or range. */
  readonly version?: string;
  /** Versions the project has, by package URL without version. */
  readonly project?: ReadonlyMap<string, string>;
  /** Languages to take when several are there and none is asked for, in order of preference. */
  readonly preferredLanguages: readonly string[];
}

export interface ChosenVariant {
  readonly outcome: "chosen";
  readonly variant: Variant;
  readonly match: VersionMatch;
}

/** The one text of an entry that a request means, or why there is none. Pure and total. */
export function resolveVariant(record: EntryRecord, request: VariantRequest): ChosenVariant | Miss {
  const languages = availableLanguages(record);
  if (languages.length === 0) return pickVersion(record, record.variants, request);
  const language = chooseLanguage(record.id, languages, request);
  if (typeof language !== "string") return language;
  const variants = record.variants.filter(
    (variant) => languageKey(variant.language ?? "") === language,
  );
  return pickVersion(record, variants, request);
}

function availableLanguages(record: EntryRecord): readonly string[] {
  const keys = record.variants.flatMap(({ language }) =>
    language === null ? [] : [languageKey(language)],
  );
  return [...new Set(keys)].sort(byCodeUnit);
}

function chooseLanguage(
  id: string,
  available: readonly string[],
  request: VariantRequest,
): string | Miss {
  if (request.language !== undefined) {
    const wanted = languageKey(request.language);
    if (available.includes(wanted)) return wanted;
    return { outcome: "unknown-language", id, requested: request.language, available };
  }
  const [only, ...others] = available;
  if (only !== undefined && others.length === 0) return only;
  const preferred = request.preferredLanguages
    .map(languageKey)
    .find((key) => available.includes(key));
  return preferred ?? { outcome: "choose-language", id, available };
}

function pickVersion(
  record: EntryRecord,
  variants: readonly Variant[],
  request: VariantRequest,
): ChosenVariant | Miss {
  const versions = variants.flatMap(({ version }) => (version === null ? [] : [version]));
  if (request.version !== undefined) return pickRequested(record, variants, request.version);
  const ofProject = pickForProject(variants, request.project);
  if (ofProject !== null) return ofProject;
  const highest = highestVersion(versions);
  const variant =
    variants.find(({ recommended }) => recommended) ??
    variants.find(({ version }) => version === highest) ??
    variants[0];
  if (variant === undefined)
    return { outcome: "unknown-version", id: record.id, requested: "", available: [] };
  return { outcome: "chosen", variant, match: { kind: "default", served: variant.version } };
}

function pickRequested(
  record: EntryRecord,
  variants: readonly Variant[],
  requested: string,
): ChosenVariant | Miss {
  const versions = variants.flatMap(({ version }) => (version === null ? [] : [version]));
  const best = versionsFulfilling(requested, versions)[0];
  const variant = best === undefined ? undefined : variants.find(({ version }) => version === best);
  if (best === undefined || variant === undefined) {
    return { outcome: "unknown-version", id: record.id, requested, available: versions };
  }
  const kind = isExactly(best, requested) ? "exact" : "range";
  return { outcome: "chosen", variant, match: { kind, requested, served: best } };
}

/** The text for the version the project has, or the nearest; null when the project has none of the packages. */
function pickForProject(
  variants: readonly Variant[],
  project: ReadonlyMap<string, string> | undefined,
): ChosenVariant | null {
  if (project === undefined) return null;
  const documented = variants.flatMap((variant) =>
    variant.packages.flatMap((url) => {
      const parsed = parsePackageUrl(url);
      const installed = parsed === null ? undefined : project.get(packageKey(parsed));
      const version = parsed?.version ?? variant.version;
      return installed === undefined || version === null ? [] : [{ variant, version, installed }];
    }),
  );
  const exact = documented.find(({ version, installed }) => isExactly(version, installed));
  if (exact !== undefined) {
    return {
      outcome: "chosen",
      variant: exact.variant,
      match: { kind: "exact", requested: exact.installed, served: exact.version },
    };
  }
  const installed = documented[0]?.installed;
  if (installed === undefined) return null;
  const nearest = nearestVersion(
    installed,
    documented.filter((other) => other.installed === installed).map(({ version }) => version),
  );
  const found = documented.find(({ version }) => version === nearest);
  if (found === undefined) return null;
  return {
    outcome: "chosen",
    variant: found.variant,
    match: { kind: "nearest", requested: installed, served: found.version },
  };
}

function languageKey(language: string): string {
  return canonicalLanguage(language) ?? language.trim().toLowerCase();
}
