import { byCodeUnit } from "../contract/code-unit-order.ts";
import { parsePackageUrl } from "../resolve/package-url.ts";
import type { NameKind } from "./catalog-format.ts";
import type { EntryRecord } from "./entry-record.ts";

export interface EntryName {
  readonly kind: NameKind;
  /** As `nameKey` gives it. */
  readonly key: string;
}

/** Every name that leads to an entry: id, last part of the id, aliases, documented packages; sorted, without repeats. */
export function entryNames(record: EntryRecord): readonly EntryName[] {
  const packages = record.variants.flatMap(({ packages: urls }) =>
    urls.flatMap((url) => {
      const parsed = parsePackageUrl(url);
      return parsed === null ? [] : [parsed.name];
    }),
  );
  const names: EntryName[] = [
    { kind: "id", key: nameKey(record.id) },
    { kind: "short-name", key: nameKey(shortName(record.id)) },
    ...record.aliases.map((alias): EntryName => ({ kind: "alias", key: nameKey(alias) })),
    ...packages.map((name): EntryName => ({ kind: "package", key: nameKey(name) })),
  ];
  const unique = new Map(names.map((name) => [`${name.kind} ${name.key}`, name]));
  return [...unique.entries()].sort(([a], [b]) => byCodeUnit(a, b)).map(([, name]) => name);
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
