import type { Tier } from "../contract/contract.ts";
import type { VerificationSummary } from "../contract/generated/registry.ts";

/** What every reader knows of an entry: one record of `index/catalog.bin`, or one made from a registry.json. */
export interface EntryRecord {
  readonly type: "doc" | "skill";
  /** `author/name` */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Granted by owners.yaml, and capped by the source it is read from. */
  readonly tier: Tier;
  readonly tags: readonly string[];
  readonly aliases: readonly string[];
  readonly upstream: readonly string[];
  readonly status: "current" | "deprecated";
  readonly replacedBy?: string;
  /** Sorted by language, then highest version first. A skill has one, with language and version null. */
  readonly variants: readonly Variant[];
}

/** One readable text: an entry in one language for one version. */
export interface Variant {
  readonly language: string | null;
  readonly version: string | null;
  /** Whether this is the version served when none is asked for. */
  readonly recommended: boolean;
  /** Folder, relative to the artifact. */
  readonly path: string;
  readonly entryFile: "DOC.md" | "SKILL.md";
  /** Sorted by path in code-unit order. */
  readonly files: readonly FileRecord[];
  /** ISO 8601 day. */
  readonly lastUpdated?: string;
  readonly revision?: number;
  /** o200k_base tokens of the entry file. */
  readonly tokens?: number;
  readonly packages: readonly string[];
  readonly verified?: VerificationSummary;
}

export interface FileRecord {
  /** Relative to the variant's `path`. */
  readonly path: string;
  /** Bytes. Absent for a directory that Context Hub built. */
  readonly size?: number;
  /** Hex. Absent for a directory that Context Hub built. */
  readonly sha256?: string;
  /** Digest of `ast/<path>.json`, for Markdown files of a chub artifact. */
  readonly astSha256?: string;
}
