/** Packages that code is checked against, with those that their types need. */
export interface PackageEnvironment {
  /** The packages asked for, in order of name. */
  readonly roots: readonly EnvironmentRoot[];
  /** By id, `name@version`; in code-unit order. */
  readonly packages: Readonly<Record<string, EnvironmentPackage>>;
  /** Packages asked for that cannot be checked against, and why. */
  readonly missing: readonly { readonly name: string; readonly reason: string }[];
}

/** A package asked for, and where its types are: in itself, or in the package that DefinitelyTyped has for it. */
export interface EnvironmentRoot {
  readonly name: string;
  readonly version: string;
  /** Id of the package with the types. */
  readonly types: string;
}

export interface EnvironmentPackage {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
  /** Ids by name. */
  readonly dependencies: Readonly<Record<string, string>>;
}

/** A package a document documents. */
export interface WantedPackage {
  readonly name: string;
  readonly version: string;
}

/** Lines `name@version integrity`, sorted: the lock of an environment. */
export function lockOf({ packages }: Pick<PackageEnvironment, "packages">): readonly string[] {
  return Object.entries(packages)
    .map(([id, { integrity }]) => `${id} ${integrity}`)
    .sort();
}
