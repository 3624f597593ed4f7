import { parsePackageUrl } from "../resolve/package-url.ts";
import type { NameKind } from "./catalog-format.ts";
import type { EntryRecord } from "./entry-record.ts";

export interface EntryName {
  readonly kind: NameKind;
  /** As `nameKey` gives it. */
  readonly key: string;
}

/** Every name that leads to an entry, without repeats: aliases, the id, documented packages, the last part of the id. */
export function entryNames(record: EntryRecord): readonly EntryName[] {
  const packages = new Set(record.variants.flatMap((variant) => variant.packages));
  const packageNames = [...packages].map((url) => parsePackageUrl(url)?.name ?? null);
  return [
    ...named("alias", record.aliases),
    ...named("id", [record.id]),
    ...named(
      "package",
      packageNames.filter((name) => name !== null),
    ),
    ...named("short-name", [shortName(record.id)]),
  ];
}

function named(kind: NameKind, names: readonly string[]): EntryName[] {
  return [...new Set(names.map(nameKey))].map((key) => ({ kind, key }));
}

/** The form in which names are compared: case and surrounding space do not matter. */
export function nameKey(name: string): string {
  return name.trim().toLowerCase();
}

/** Namespace of an id. */
export function authorOf(id: string): string {
  return id.slice(0, Math.max(0, id.indexOf("/")));
}

function shortName(id: string): string {
  return id.slice(id.indexOf("/") + 1);
}
