import { ARTIFACT_FORMAT, byCodeUnit } from "@chub/registry";
import type {
  EntryRecord,
  RegistryDoc,
  RegistryFile,
  RegistryLanguage,
  RegistryRedirect,
  RegistrySkill,
  RegistryVersion,
  Variant,
} from "@chub/registry";

/** What `registry.json` holds besides the entries. */
export interface RegistryExtras {
  readonly redirects: readonly RegistryRedirect[];
  /** Where the artifact will be served from. */
  readonly baseUrl?: string;
}

/** The content of `registry.json`: what Context Hub's client reads, with digests, tokens and verification beside it. */
export function registryFile(
  entries: readonly EntryRecord[],
  { redirects, baseUrl }: RegistryExtras,
): RegistryFile {
  return {
    version: "1.0.0", // of Context Hub's layout
    format: ARTIFACT_FORMAT,
    ...(baseUrl !== undefined && { base_url: baseUrl }),
    docs: entries.filter(({ type }) => type === "doc").map(registryDoc),
    skills: entries.filter(({ type }) => type === "skill").map(registrySkill),
    redirects: [...redirects].sort((a, b) => byCodeUnit(a.from, b.from)),
  };
}

function registryDoc(entry: EntryRecord): RegistryDoc {
  const languages = new Map<string, Variant[]>();
  for (const variant of entry.variants) {
    languages.set(variant.language!, [...(languages.get(variant.language!) ?? []), variant]);
  }
  return {
    ...common(entry),
    languages: [...languages].map(([language, variants]) => registryLanguage(language, variants)),
  };
}

function registryLanguage(language: string, variants: readonly Variant[]): RegistryLanguage {
  return {
    language,
    versions: variants.map((variant) => ({ version: variant.version!, ...text(variant) })),
    recommendedVersion: variants.find(({ recommended }) => recommended)!.version!,
  };
}

function registrySkill(entry: EntryRecord): RegistrySkill {
  return { ...common(entry), ...text(entry.variants[0]!) };
}

// `Omit` loses the named fields of a type that allows others, so the kept ones are named.
type Common = Pick<
  RegistryDoc,
  | "id"
  | "name"
  | "description"
  | "source"
  | "tags"
  | "aliases"
  | "upstream"
  | "status"
  | "replacedBy"
>;
type Text = Pick<
  RegistryVersion,
  | "path"
  | "files"
  | "size"
  | "lastUpdated"
  | "revision"
  | "digest"
  | "tokens"
  | "packages"
  | "verified"
>;

function common(entry: EntryRecord): Common {
  return {
    id: entry.id,
    name: entry.name,
    description: entry.description,
    source: entry.tier,
    tags: [...entry.tags],
    ...(entry.aliases.length > 0 && { aliases: [...entry.aliases] }),
    ...(entry.upstream.length > 0 && { upstream: [...entry.upstream] }),
    ...(entry.status === "deprecated" && { status: entry.status }),
    ...(entry.replacedBy !== undefined && { replacedBy: entry.replacedBy }),
  };
}

function text(variant: Variant): Text {
  const digest = variant.files.find(({ path }) => path === variant.entryFile)?.sha256;
  return {
    path: variant.path,
    files: variant.files.map(({ path }) => path),
    size: variant.files.reduce((sum, { size }) => sum + (size ?? 0), 0),
    ...(variant.lastUpdated !== undefined && { lastUpdated: variant.lastUpdated }),
    ...(variant.revision !== undefined && { revision: variant.revision }),
    ...(digest !== undefined && { digest }),
    ...(variant.tokens !== undefined && { tokens: variant.tokens }),
    ...(variant.packages.length > 0 && { packages: [...variant.packages] }),
    ...(variant.verified !== undefined && { verified: variant.verified }),
  };
}
