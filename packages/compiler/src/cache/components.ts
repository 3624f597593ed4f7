import type { Pass } from "../file-memory.ts";

/** Versions of what a result depends on, by name. */
export type Components = Readonly<Record<string, string>>;

/** Versions of the compiler's parts: digests of their code, so that nobody has to remember to count one up. */
export interface PartVersions {
  /** Of everything. */
  readonly program: string;
  readonly passes: Readonly<Record<Pass, Components>>;
}

/** Versions of the parts of this program; null where it was not built, and then nothing can be remembered. */
export const PART_VERSIONS: PartVersions | null =
  typeof CHUBC_PART_VERSIONS === "undefined" ? null : CHUBC_PART_VERSIONS;

/** Put in by the build. */
declare const CHUBC_PART_VERSIONS: PartVersions | undefined;
