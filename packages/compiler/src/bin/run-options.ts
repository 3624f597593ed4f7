import { ChubError } from "@chub/registry";

/** What the user says about the cache. */
export interface CacheChoice {
  readonly use: boolean;
  /** Whether to say why files were not cached. */
  readonly explain: boolean;
  /** Null: the usual folder. */
  readonly folder: string | null;
}

/** Options of `parseArgs` about the cache, for every command that has one. */
export const CACHE_OPTIONS = {
  "no-cache": { type: "boolean" },
  "cache-explain": { type: "boolean" },
  "cache-location": { type: "string" },
} as const;

/** Help on those options. */
export const CACHE_HELP = `  --jobs <n>          Worker threads. Default: as many as pay; the output is the same
  --no-cache          Do everything anew, and remember nothing
  --cache-explain     Say why files were not taken from the cache
  --cache-location <dir>
                      Folder of the cache. Default: node_modules/.cache/chub of the project, or the user's cache folder`;

export function cacheChoice(values: {
  readonly "no-cache"?: boolean | undefined;
  readonly "cache-explain"?: boolean | undefined;
  readonly "cache-location"?: string | undefined;
}): CacheChoice {
  return {
    use: values["no-cache"] !== true,
    explain: values["cache-explain"] === true,
    folder: values["cache-location"] ?? null,
  };
}

/** **Errors**: `USAGE` for anything but a whole number of threads. */
export function jobsOf(jobs: string | undefined): number | null {
  if (jobs === undefined) return null;
  const count = Number(jobs);
  if (/^\d+$/.test(jobs) && count >= 1 && count <= MOST_JOBS) return count;
  throw new ChubError(
    "USAGE",
    `Unexpected number of jobs ${JSON.stringify(jobs)}, expected 1 to ${MOST_JOBS}`,
    { hint: "Add --help to see the options." },
  );
}

const MOST_JOBS = 64;
