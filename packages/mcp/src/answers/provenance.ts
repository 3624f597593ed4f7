import type { Catalog, ResolvedText, VersionMatch } from "@chub/registry";
import { oneLine, quoted } from "../one-line.ts";

type Resolved = Omit<ResolvedText, "outcome">;

/** Where a text comes from, and why this one: never a part of the document. */
export function provenanceOf(text: Resolved, sources: ReturnType<Catalog["sources"]>) {
  const { entry, variant, match, followed } = text;
  const { record } = entry;
  const sha256 = variant.files.find(({ path }) => path === variant.entryFile)?.sha256;
  const sourceDigest = sources.find(({ name }) => name === entry.source)?.digest;
  return {
    id: record.id,
    address: entry.address,
    type: record.type,
    source: entry.source,
    tier: record.tier,
    language: variant.language,
    version: variant.version,
    match: {
      kind: match.kind,
      ...(match.requested === undefined ? {} : { requested: match.requested }),
      served: match.served,
    },
    path: variant.path,
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(sourceDigest === undefined ? {} : { sourceDigest }),
    ...(variant.lastUpdated === undefined ? {} : { lastUpdated: variant.lastUpdated }),
    ...(variant.revision === undefined ? {} : { revision: variant.revision }),
    ...(record.status === "deprecated" ? { status: record.status } : {}),
    ...(record.replacedBy === undefined ? {} : { replacedBy: record.replacedBy }),
    ...(followed === undefined ? {} : { followed }),
    ...(variant.verified === undefined ? {} : { verified: variant.verified }),
  };
}

/** The same in a few lines of text. */
export function provenanceLines(text: Resolved): readonly string[] {
  const { entry, variant, match, followed } = text;
  const { record } = entry;
  const sha256 = variant.files.find(({ path }) => path === variant.entryFile)?.sha256;
  const facts = [
    ...(variant.version === null ? [] : [`version ${variant.version} (${matchWords(match)})`]),
    ...(variant.language === null ? [] : [variant.language]),
    `tier ${record.tier}`,
    `source ${entry.source}`,
    ...(variant.lastUpdated === undefined ? [] : [`updated ${variant.lastUpdated}`]),
    ...(sha256 === undefined ? [] : [`sha256 ${sha256.slice(0, 12)}`]),
  ];
  return [
    `${entry.address}: ${facts.map((fact) => oneLine(fact, 120)).join(", ")}`,
    ...(followed === undefined
      ? []
      : [`${quoted(followed.from)} is ${FOLLOWED[followed.kind]} ${record.id}`]),
    ...(match.kind === "nearest"
      ? [
          `The project has ${quoted(match.requested ?? "another version")}: this version is the nearest there is, details may differ`,
        ]
      : []),
    ...(record.status === "deprecated"
      ? [
          `${record.id} is deprecated${record.replacedBy === undefined ? "" : `, use ${record.replacedBy}`}`,
        ]
      : []),
  ];
}

function matchWords(match: VersionMatch): string {
  switch (match.kind) {
    case "exact":
      return "exact";
    case "range":
      return `for ${match.requested ?? "the range"}`;
    case "nearest":
      return `nearest to ${match.requested ?? "the project's"}`;
    case "default":
      return "recommended";
  }
}

const FOLLOWED = {
  alias: "another name of",
  redirect: "moved to",
  "short-name": "short for",
} as const;

/** JSON Schema of `provenanceOf`. */
export const PROVENANCE_SCHEMA = {
  type: "object",
  description: "Where the text comes from and why it was chosen",
  properties: {
    id: { type: "string" },
    address: { type: "string" },
    type: { type: "string", enum: ["doc", "skill"] },
    source: { type: "string", description: "Name of the configured source" },
    tier: {
      type: "string",
      enum: ["official", "maintainer", "community"],
      description: "Granted trust",
    },
    language: { type: ["string", "null"] },
    version: { type: ["string", "null"] },
    match: {
      type: "object",
      properties: {
        kind: { type: "string", enum: ["exact", "range", "nearest", "default"] },
        requested: { type: "string" },
        served: { type: ["string", "null"] },
      },
      required: ["kind", "served"],
    },
    path: { type: "string" },
    sha256: { type: "string", description: "Of the entry file" },
    sourceDigest: { type: "string" },
    lastUpdated: { type: "string" },
    revision: { type: "integer" },
    status: { type: "string" },
    replacedBy: { type: "string" },
    followed: { type: "object" },
    verified: { type: "object" },
  },
  required: ["id", "address", "type", "source", "tier", "language", "version", "match", "path"],
} as const;
