import { byCodeUnit, parsePackageUrl } from "@chub/registry";
import type { EntryRecord, SearchDocument, SearchFile } from "@chub/registry";
import type { FileSummary } from "./file-summary.ts";

/** What the search index is built from, in the order of the entries. `files` is made when it is read, and not kept. */
export function searchDocuments(
  entries: readonly EntryRecord[],
  summaries: ReadonlyMap<string, FileSummary>,
): SearchDocument[] {
  return entries.map((entry) => ({
    id: entry.id,
    type: entry.type,
    name: entry.name,
    description: entry.description,
    tier: entry.tier,
    tags: entry.tags,
    aliases: entry.aliases,
    languages: distinct(entry.variants.flatMap(({ language }) => language ?? [])),
    packages: distinct(
      entry.variants.flatMap(({ packages }) =>
        packages.flatMap((url) => parsePackageUrl(url)?.name ?? []),
      ),
    ),
    get files() {
      return searchFiles(entry, summaries);
    },
  }));
}

/**
 * Markdown files of an entry, each once: a text for two languages is one text. Files below another entry's folder belong to
 * that entry, although the reader of the outer one may open them.
 */
function searchFiles(
  entry: EntryRecord,
  summaries: ReadonlyMap<string, FileSummary>,
): SearchFile[] {
  const taken = new Set<string>();
  return entry.variants.flatMap((variant, position) => {
    const nested = variant.files
      .map(({ path }) => path)
      .filter((path) => path.includes("/") && /\/(?:DOC|SKILL)\.md$/.test(path))
      .map((path) => path.slice(0, path.lastIndexOf("/") + 1));
    return variant.files.flatMap(({ path }) => {
      const whole = `${variant.path}/${path}`;
      const summary = summaries.get(whole);
      if (
        summary === undefined ||
        taken.has(whole) ||
        nested.some((folder) => path.startsWith(folder))
      )
        return [];
      taken.add(whole);
      return [{ variant: position, file: path, ...summary.search() }];
    });
  });
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort(byCodeUnit);
}
