import type { Catalog, EntrySummary } from "../catalog/catalog.ts";
import { byCodeUnit } from "../contract/code-unit-order.ts";
import type { ProjectVersions } from "../project/project-versions.ts";
import { packageKey, parsePackageUrl } from "../resolve/package-url.ts";
import { compareVersions, releaseNumbers } from "../resolve/version-order.ts";

/** Which of a project's packages have documents. */
export interface ProjectScan {
  /** Sorted by key. */
  readonly documented: readonly DocumentedPackage[];
  /** Keys of packages that no entry documents, sorted. */
  readonly undocumented: readonly string[];
}

export interface DocumentedPackage {
  /** Package URL without version. */
  readonly key: string;
  readonly installed: string;
  /** Nearest first. */
  readonly texts: readonly DocumentedText[];
}

export interface DocumentedText {
  /** Address of the entry. */
  readonly address: string;
  readonly language: string | null;
  /** Version of the package that the text documents; null when it does not say. */
  readonly version: string | null;
  /** First part in which it differs from the installed version. */
  readonly distance: VersionDistance;
}

export type VersionDistance = "none" | "patch" | "minor" | "major" | "unknown";

/** Looks up every package of a project. Reads all entries. Errors: those of the catalog. */
export async function scanProject(
  catalog: Catalog,
  { versions }: Pick<ProjectVersions, "versions">,
): Promise<ProjectScan> {
  const byPackage = await documentedPackages(catalog);
  const keys = [...versions.keys()].sort(byCodeUnit);
  return {
    documented: keys.flatMap((key) => {
      const installed = versions.get(key) ?? "";
      const texts = byPackage.get(key);
      if (texts === undefined) return [];
      const measured = texts.map((text) => ({
        ...text,
        distance: distanceOf(text.version, installed),
      }));
      return [{ key, installed, texts: measured.sort(byDistance) }];
    }),
    undocumented: keys.filter((key) => !byPackage.has(key)),
  };
}

/** How far apart two versions are. */
export function distanceOf(documented: string | null, installed: string): VersionDistance {
  const [left, right] = [
    documented === null ? null : releaseNumbers(documented),
    releaseNumbers(installed),
  ];
  if (left === null || right === null) return "unknown";
  const at = Array.from({ length: Math.max(left.length, right.length) }, (_, index) => index).find(
    (index) => (left[index] ?? 0) !== (right[index] ?? 0),
  );
  if (at === undefined) return "none";
  return at === 0 ? "major" : at === 1 ? "minor" : "patch";
}

type Text = Omit<DocumentedText, "distance">;

async function documentedPackages(catalog: Catalog): Promise<ReadonlyMap<string, readonly Text[]>> {
  const found = new Map<string, Text[]>();
  for (let offset = 0; ; offset += PAGE) {
    const { entries, total } = await catalog.list({ limit: PAGE, offset });
    for (const entry of entries) {
      for (const [key, text] of textsOf(entry)) found.set(key, [...(found.get(key) ?? []), text]);
    }
    if (offset + PAGE >= total) return found;
  }
}

function textsOf({ address, record }: EntrySummary): readonly (readonly [string, Text])[] {
  return record.variants.flatMap(({ language, version, packages }) =>
    packages.flatMap((url): (readonly [string, Text])[] => {
      const parsed = parsePackageUrl(url);
      return parsed === null
        ? []
        : [[packageKey(parsed), { address, language, version: parsed.version ?? version }]];
    }),
  );
}

function byDistance(a: DocumentedText, b: DocumentedText): number {
  return (
    DISTANCES.indexOf(a.distance) - DISTANCES.indexOf(b.distance) ||
    compareVersions(b.version ?? "", a.version ?? "") ||
    byCodeUnit(a.address, b.address) ||
    byCodeUnit(a.language ?? "", b.language ?? "")
  );
}

const DISTANCES: readonly VersionDistance[] = ["none", "patch", "minor", "major", "unknown"];
const PAGE = 1000;
