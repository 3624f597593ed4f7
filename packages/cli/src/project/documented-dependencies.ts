import { packageKey, parsePackageUrl } from "@chub/registry";
import type { Catalog, EntrySummary, ProjectVersions, Variant } from "@chub/registry";

/** A package that the project depends on, and the entries that document it, in order of id. */
export interface Dependency {
  readonly package: ProjectVersions["packages"][number];
  readonly documents: readonly DocumentedBy[];
}

export interface DocumentedBy {
  readonly entry: EntrySummary;
  /** First of the entry's texts that names the package. */
  readonly variant: Variant;
}

/** Every dependency, in the order of the project, with what the catalog has on it. Errors: those of the catalog. */
export async function documentedDependencies(
  catalog: Catalog,
  project: ProjectVersions,
): Promise<readonly Dependency[]> {
  const wanted = new Map(project.packages.map((one) => [one.key, [] as DocumentedBy[]]));
  for await (const entry of allEntries(catalog)) {
    for (const [key, variant] of packagesOf(entry)) wanted.get(key)?.push({ entry, variant });
  }
  return project.packages.map((one) => ({ package: one, documents: wanted.get(one.key) ?? [] }));
}

async function* allEntries(catalog: Catalog): AsyncGenerator<EntrySummary> {
  for (let offset = 0; ;) {
    const { entries, total } = await catalog.list({ limit: PAGE, offset });
    yield* entries;
    offset += entries.length;
    if (entries.length === 0 || offset >= total) return;
  }
}

/** Keys of the packages that an entry documents, each with the first text that names it. */
function packagesOf({ record }: EntrySummary): ReadonlyMap<string, Variant> {
  const found = new Map<string, Variant>();
  for (const variant of record.variants) {
    for (const url of variant.packages) {
      const parsed = parsePackageUrl(url);
      if (parsed !== null && !found.has(packageKey(parsed))) found.set(packageKey(parsed), variant);
    }
  }
  return found;
}

const PAGE = 1000;
