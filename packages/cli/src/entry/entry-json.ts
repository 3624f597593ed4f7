import { languageGroups } from "./language-groups.ts";
import type { EntrySummary, FileRecord, Variant } from "@chub/registry";

/**
 * An entry in the results of search and list.
 *
 * Context Hub's keys keep their meaning (`source` is the trust tier, `languages` the tree of versions); ours are added.
 */
export function entryJson(entry: EntrySummary) {
  const { record } = entry;
  return {
    id: record.id,
    name: record.name,
    type: record.type,
    description: record.description,
    source: record.tier,
    tags: record.tags,
    address: entry.address,
    origin: entry.source,
    ...(record.aliases.length > 0 ? { aliases: record.aliases } : {}),
    ...(record.upstream.length > 0 ? { upstream: record.upstream } : {}),
    ...(record.status === "deprecated" ? { status: record.status } : {}),
    ...(record.replacedBy === undefined ? {} : { replacedBy: record.replacedBy }),
    ...(record.type === "doc"
      ? { languages: languagesJson(record.variants) }
      : skillJson(record.variants)),
  };
}

function languagesJson(variants: readonly Variant[]) {
  return languageGroups(variants).map(({ language, recommendedVersion, variants: versions }) => ({
    language,
    recommendedVersion,
    versions: versions.map((variant) => ({ version: variant.version, ...textJson(variant) })),
  }));
}

function skillJson(variants: readonly Variant[]) {
  const [variant] = variants;
  return variant === undefined ? {} : textJson(variant);
}

function textJson(variant: Variant) {
  const { lastUpdated, revision, tokens, packages, verified } = variant;
  return {
    path: variant.path,
    files: variant.files.map(({ path }) => path),
    ...sizeJson(variant.files),
    ...(lastUpdated === undefined ? {} : { lastUpdated }),
    ...(revision === undefined ? {} : { revision }),
    ...(tokens === undefined ? {} : { tokens }),
    ...(packages.length > 0 ? { packages } : {}),
    ...(verified === undefined ? {} : { verified }),
  };
}

/** Bytes of all files, when every one is known. */
export function sizeJson(files: readonly FileRecord[]): { size?: number } {
  const sizes = files.map(({ size }) => size);
  if (sizes.length === 0 || sizes.includes(undefined)) return {};
  return { size: sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0) };
}
