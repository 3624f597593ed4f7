import type { ParsedFile } from "../2-parse/parsed-file.ts";

type Mapping = Readonly<Record<string, unknown>>;

/** The metadata of a front matter as written; empty when there is none. */
export function metadataOf({ frontmatter }: ParsedFile): Mapping {
  const data = mappingOf(frontmatter?.data);
  return mappingOf(data["metadata"]);
}

function mappingOf(value: unknown): Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Mapping)
    : {};
}
