import type { CodeDocument, TypesVerdict } from "../6-verify/types/code-document.ts";
import type { PackageEnvironment } from "../6-verify/types/environment.ts";

/** Documents that are checked against the same packages, for one process. */
export interface CheckJob {
  readonly environment: PackageEnvironment;
  readonly documents: readonly CodeDocument[];
}

/** One list a document, in order; null for a document on which the checker hung or ended. */
export type CheckAnswer = readonly (readonly TypesVerdict[] | null)[];

/** What a process is started with. */
export interface CheckerSetup {
  /** Folder of the package store, absolute. */
  readonly store: string;
  /** Folder of the TypeScript tool, absolute. */
  readonly typescript: string;
}
