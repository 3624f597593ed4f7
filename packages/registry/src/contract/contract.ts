/** Format number this package writes and the highest it reads. */
export const ARTIFACT_FORMAT = 1;

/** Where the parts of an artifact are, relative to it. */
export const ARTIFACT_FILES = {
  manifest: "manifest.json",
  registry: "registry.json",
  /** Context Hub's BM25 index. */
  contextHubIndex: "search-index.json",
  /** All entries, read by position. */
  catalog: "index/catalog.bin",
  /** Section-level search index, read whole. */
  search: "index/search.bin",
  /** Section sketches, read by position. */
  sections: "index/sections.bin",
  llms: "llms.txt",
  bundle: "bundle.tar.gz",
} as const;

/** Artifact path of the structured form of a Markdown file. */
export function astPathOf(markdownPath: string): string {
  return `ast/${markdownPath}.json`;
}

/** Trust tiers, most trusted first. */
export const TIERS = ["official", "maintainer", "community"] as const;
export type Tier = (typeof TIERS)[number];

/** Name of the tokenizer in which every token count of an artifact is given. */
export const TOKEN_ENCODING = "o200k_base";
