/** What a registry knows of a package. */
export interface KnownPackage {
  /** Every version that can be installed, in no order. */
  readonly versions: readonly string[];
  /** Versions that were taken back: still there for those who have them, for nobody else. */
  readonly yanked: readonly string[];
  /** The version that the registry recommends; absent when it has no opinion. */
  readonly latest?: string;
  /** Why a version, or the whole package, should not be used any more. */
  readonly deprecated: (version: string) => string | null;
}

/** One registry of one ecosystem. */
export interface PackageIndex {
  /** Null when there is no such package. Errors: ChubError NO_DATA when the registry cannot be reached. */
  find(name: string): Promise<KnownPackage | null>;
}

/** By type of package URL: `npm`, `pypi`, `golang`, `cargo`, `gem`. */
export type PackageIndexes = ReadonlyMap<string, PackageIndex>;
