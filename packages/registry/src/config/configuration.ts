import type { Tier } from "../contract/contract.ts";
import type { PointerPlace } from "../pointer/pointer.ts";
import type { TrustPolicy } from "../catalog/policy.ts";

/** What the configuration files and the environment say together. */
export interface Configuration {
  /** Folder of the user's own chub files, absolute. */
  readonly home: string;
  /** In order of precedence. */
  readonly sources: readonly SourceSettings[];
  readonly policy: TrustPolicy;
  /** Whether the first of several sources that hold one id wins. */
  readonly shadow: boolean;
  /** Languages to take when an entry has several. */
  readonly languages: readonly string[];
  /** Default folder for written files; absent: standard output. */
  readonly outputDirectory?: string;
  readonly outputFormat: "human" | "json";
  /** Seconds for which a remote source counts as fresh. */
  readonly refreshIntervalSeconds: number;
  /** Whether no source may be asked over the network. */
  readonly offline: boolean;
  /** Where feedback may be sent; absent: it stays on this machine. */
  readonly feedbackUrl?: string;
  /** Where help is fetched from besides the local one; absent: nowhere. */
  readonly help?: HelpSettings;
  /** Folder whose project file was read; absent: none. */
  readonly projectDirectory?: string;
  /** Things in the files that have no effect, each a sentence. */
  readonly warnings: readonly string[];
}

export interface HelpSettings {
  /** `{version}` stands for the version of chub. */
  readonly url: string;
  readonly timeoutMs: number;
}

/** One source, checked. */
export type SourceSettings = {
  /** Used in addresses. */
  readonly name: string;
  /** Highest tier an entry of it can have. */
  readonly tier: Tier;
} & (
  | { readonly kind: "embedded" }
  | { readonly kind: "path"; readonly directory: string }
  | {
      readonly kind: "url";
      readonly url: string;
      readonly tokenVariable?: string;
      readonly headers: Readonly<Record<string, string>>;
      /** The channel or version to read, and who may have signed it; absent: the host holds one artifact. */
      readonly pointer?: { readonly place: PointerPlace; readonly keys: readonly string[] };
    }
  | { readonly kind: "npm"; readonly packageName: string; readonly range: string }
);

/** The world as the configuration sees it. */
export interface Environment {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly workingDirectory: string;
  /** Absolute. */
  readonly homeDirectory: string;
  /** Folder of the artifact in the installed @chub/content; null when it is not installed. See `installedContent`. */
  readonly contentDirectory: () => string | null;
  /**
   * Compiles a raw content tree into the files of an artifact, by path; absent when the compiler is not
   * installed. A path source of raw content is read through it. Errors: ChubError when the content has errors.
   */
  readonly compileContent?: (directory: string) => Promise<ReadonlyMap<string, Uint8Array>>;
}

/** Package whose installed copy is the default source. */
export const DEFAULT_PACKAGE = "@chub/content";
export const DEFAULT_SOURCE: SourceSettings = {
  name: "default",
  kind: "embedded",
  tier: "official",
};

/**
 * Highest tier of a source whose configuration names none: an artifact of someone else cannot call
 * itself official, only the user can say so.
 */
export const DEFAULT_TIER_CAP: Tier = "maintainer";
