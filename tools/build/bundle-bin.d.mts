/** A file of a bundle. */
export interface BundledFile {
  readonly file: string;
  /** Sources whose code is inside, relative to the package, with their bytes. */
  readonly inputs: Readonly<Record<string, number>>;
  /** Files it loads on demand. */
  readonly loads: readonly string[];
}

export function bundleBin(options: {
  readonly entry: string;
  readonly outfile: string;
  readonly cwd?: string;
  readonly write?: boolean;
  /** Modules to put in the place of others, by the name under which they are imported. */
  readonly alias?: Readonly<Record<string, string>>;
  /** Expressions to put in the place of names. */
  readonly define?: Readonly<Record<string, string>>;
  /** Packages that are required when they are used, and not put in. */
  readonly external?: readonly string[];
  /** File names by source: what becomes a file beside the bin although nothing imports it. */
  readonly beside?: Readonly<Record<string, string>>;
  /** Parts beside which the code cache of V8 is put, by name. */
  readonly codeCaches?: readonly string[];
}): Promise<readonly BundledFile[]>;
