/** A package that a project uses, as one of its files says. */
export interface ProjectPackage {
  /** Ecosystem as in package URLs: npm, pypi, golang, gem, cargo, composer. */
  readonly type: string;
  readonly name: string;
  readonly version: string;
  /** Whether it is the installed version; otherwise the lowest one the manifest allows. */
  readonly exact: boolean;
}

/** One kind of file that names versions. */
export interface ProjectFile {
  readonly name: string;
  /** Files of one group say the same; the first in the table that exists counts. */
  readonly group: string;
  /** Errors: any, when the text is not of this format. */
  readonly parse: (
    text: string,
    place: ProjectPlace,
  ) => Promise<readonly ProjectPackage[]> | readonly ProjectPackage[];
}

export interface ProjectPlace {
  /** Folder in question relative to that of the file, POSIX, "" when it is the same. */
  readonly folder: string;
}

export type Json = Readonly<Record<string, unknown>>;

/** The value when it is an object, else an empty one. */
export function objectOf(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}

/** Packages out of pairs of name and version; pairs without a version are left out. */
export function packagesOf(
  type: string,
  pairs: Iterable<readonly [string, unknown]>,
  exact = true,
): ProjectPackage[] {
  return [...pairs].flatMap(([name, version]) =>
    typeof version === "string" && version !== "" ? [{ type, name, version, exact }] : [],
  );
}
