import type { EntrySummary } from "@chub/registry";
import { oneLine } from "../one-line.ts";

/** An entry as a row of a list. Its description is text of the source, never of ours. */
export function entryRow({ address, source, record }: EntrySummary) {
  return {
    id: record.id,
    address,
    name: record.name,
    type: record.type,
    description: oneLine(record.description, MAX_DESCRIPTION),
    tags: record.tags,
    ...(record.type === "doc" ? { languages: languagesOf(record) } : {}),
    tier: record.tier,
    source,
    ...(record.status === "deprecated" ? { status: record.status } : {}),
    ...(record.replacedBy === undefined ? {} : { replacedBy: record.replacedBy }),
  };
}

/** Distinct languages, in the order of the record. */
export function languagesOf({ variants }: EntrySummary["record"]): readonly string[] {
  return [...new Set(variants.flatMap(({ language }) => (language === null ? [] : [language])))];
}

/** The texts of an entry: language, version and what is known before reading. */
export function variantRows({ record }: EntrySummary) {
  return record.variants.map(
    ({ language, version, recommended, tokens, lastUpdated, packages, files }) => ({
      language,
      version,
      recommended,
      ...(tokens === undefined ? {} : { tokens }),
      ...(lastUpdated === undefined ? {} : { lastUpdated }),
      ...(packages.length === 0 ? {} : { packages }),
      files: files.map(({ path }) => path),
    }),
  );
}

/** The first line of a row: address, kind, trust, languages. */
export function entryLine(
  { address, source, record }: EntrySummary,
  hasSeveralSources: boolean,
): string {
  const deprecated =
    record.replacedBy === undefined ? "deprecated" : `deprecated, use ${record.replacedBy}`;
  const facts = [
    record.type,
    record.tier,
    ...languagesOf(record),
    ...(hasSeveralSources ? [`source ${source}`] : []),
    ...(record.status === "deprecated" ? [deprecated] : []),
  ];
  return `${address} [${facts.join(", ")}] ${oneLine(record.description, MAX_DESCRIPTION)}`;
}

/** Source: the limit of descriptions in the content format. */
const MAX_DESCRIPTION = 1200;

/** JSON Schema of `entryRow`. */
export const ENTRY_ROW_SCHEMA = {
  type: "object",
  properties: {
    id: { type: "string" },
    address: { type: "string", description: "For chub_get" },
    name: { type: "string" },
    type: { type: "string", enum: ["doc", "skill"] },
    description: { type: "string" },
    tags: { type: "array", items: { type: "string" } },
    languages: { type: "array", items: { type: "string" } },
    tier: { type: "string", enum: ["official", "maintainer", "community"] },
    source: { type: "string" },
    status: { type: "string" },
    replacedBy: { type: "string" },
  },
  required: ["id", "address", "name", "type", "description", "tags", "tier", "source"],
} as const;
