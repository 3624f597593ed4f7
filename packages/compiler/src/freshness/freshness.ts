import {
  ChubError,
  highestVersion,
  isChubError,
  parsePackageUrl,
  releaseNumbers,
} from "@chub/registry";
import type { KnownPackage, PackageIndex, PackageIndexes } from "./package-index.ts";

/** How a documented version stands to what its registry has. */
export type Distance = "current" | "patch" | "minor" | "major" | "ahead" | "not-found" | "unknown";

/** One package of one entry. */
export interface FreshnessRow {
  /** `author/name` */
  readonly id: string;
  /** Path of the entry file. */
  readonly path: string;
  /** Package URL. */
  readonly package: string;
  /** Documented. */
  readonly version: string | null;
  /** Highest stable version that can be installed. */
  readonly latest: string | null;
  /** unknown: nothing can be said, see `reason`. */
  readonly distance: Distance;
  readonly yanked: boolean;
  readonly deprecated: string | null;
  /** Why nothing can be said. */
  readonly reason: string | null;
  /** Whether the registry did not answer. */
  readonly unreachable: boolean;
}

export interface DocumentedEntry {
  readonly id: string;
  readonly path: string;
  readonly packages: readonly string[];
}

/**
 * How fresh the packages of entries are, in the order of the entries. Each registry is asked once for a package.
 *
 * **Errors**: none for a registry that cannot be reached, see `unreachable`.
 */
export async function freshnessOf(
  entries: readonly DocumentedEntry[],
  indexes: PackageIndexes,
): Promise<readonly FreshnessRow[]> {
  const asked = new Map<string, Promise<Answer>>();
  const rows = entries.flatMap(({ id, path, packages }) =>
    packages.map(async (url): Promise<FreshnessRow> => {
      const row = { ...NOTHING_KNOWN, id, path, package: url };
      const parsed = parsePackageUrl(url);
      if (parsed === null) return { ...row, reason: "It is no package URL" };
      const { type, name, version = null } = parsed;
      const index = indexes.get(type);
      if (index === undefined) return { ...row, version, reason: `No registry for ${type}` };
      const key = `${type} ${name}`;
      const answer = asked.get(key) ?? ask(index, name);
      asked.set(key, answer);
      return { ...row, version, ...judge(version, await answer) };
    }),
  );
  return Promise.all(rows);
}

type Answer = { readonly known: KnownPackage | null } | { readonly failure: string };

async function ask(index: PackageIndex, name: string): Promise<Answer> {
  try {
    return { known: await index.find(name) };
  } catch (error) {
    if (!isChubError(error)) throw error;
    return { failure: (error as ChubError).message };
  }
}

function judge(version: string | null, answer: Answer): Partial<FreshnessRow> {
  if ("failure" in answer) return { unreachable: true, reason: answer.failure };
  const { known } = answer;
  if (known === null) return { distance: "not-found" };
  const latest = known.latest ?? highestVersion([...known.versions]) ?? null;
  if (version === null) return { latest, reason: "The package URL has no version" };
  const same = sameVersion(version);
  const yanked = known.yanked.some(same);
  const isThere = yanked || known.versions.some(same);
  return {
    latest,
    yanked,
    deprecated: known.deprecated(version),
    distance: isThere ? distanceTo(version, latest) : "not-found",
  };
}

/** `v` in front is Go's habit and means nothing. */
function sameVersion(version: string): (other: string) => boolean {
  const bare = version.replace(/^v/, "");
  return (other) => other.replace(/^v/, "") === bare;
}

/** The first number in which two versions differ says how far it is. */
export function distanceTo(version: string, latest: string | null): Distance {
  const from = releaseNumbers(version);
  const to = latest === null ? null : releaseNumbers(latest);
  if (latest === null || from === null || to === null) return "unknown";
  const length = Math.max(from.length, to.length, 3);
  for (let place = 0; place < length; place += 1) {
    const difference = (to[place] ?? 0) - (from[place] ?? 0);
    if (difference < 0) return "ahead";
    if (difference > 0) return STEPS[place] ?? "patch";
  }
  // The same numbers: a pre-release or a post-release may lie between.
  return sameVersion(version)(latest) || highestVersion([version, latest]) === version
    ? "current"
    : "patch";
}

const STEPS: readonly Distance[] = ["major", "minor", "patch"];
const NOTHING_KNOWN = {
  version: null,
  latest: null,
  distance: "unknown",
  yanked: false,
  deprecated: null,
  reason: null,
  unreachable: false,
} as const;
