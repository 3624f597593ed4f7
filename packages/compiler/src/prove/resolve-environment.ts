import { hash } from "node:crypto";
import { join } from "node:path";
import { byCodeUnit } from "@chub/registry";
import maxSatisfying from "semver/ranges/max-satisfying.js";
import satisfies from "semver/functions/satisfies.js";
import validRange from "semver/ranges/valid.js";
import { hasTypes, typesPackageOf } from "./declarations.ts";
import type {
  EnvironmentPackage,
  EnvironmentRoot,
  PackageEnvironment,
  WantedPackage,
} from "../6-verify/types/environment.ts";
import type { NpmRegistry, PublishedManifest } from "./npm-registry.ts";
import {
  checked,
  type PackageStore,
  readText,
  type StoredPackage,
  writeWhole,
} from "./package-store.ts";

export interface ResolveContext {
  readonly store: PackageStore;
  readonly registry: NpmRegistry;
  /** `name@version` that a lock names: taken before newer ones that would do as well. */
  readonly locked: ReadonlySet<string>;
}

/**
 * The packages wanted and, of their dependencies, those that the declarations speak of.
 *
 * Kept in the store: the same wish is answered without the network, and with the same versions.
 * **Errors**: ChubError NO_DATA when something is not in the store and the registry cannot be reached, INTEGRITY.
 */
export async function resolveEnvironment(
  wanted: readonly WantedPackage[],
  context: ResolveContext,
): Promise<PackageEnvironment> {
  const wishes = [...new Set(wanted.map(({ name, version }) => `${name}@${version}`))].sort();
  const place = join(
    context.store.folder,
    "environments",
    `${hash("sha256", JSON.stringify([FORMAT, wishes, [...context.locked].sort()]), "hex")}.json`,
  );
  const known = readText(place);
  if (known !== null) {
    const environment = JSON.parse(known) as PackageEnvironment;
    if (isWhole(environment, context.store)) return environment;
  }
  const environment = await resolveFresh(wanted, context);
  // A version that is not there today may be published tomorrow.
  if (environment.missing.every(({ reason }) => !reason.endsWith(UNPUBLISHED)))
    writeWhole(place, checked(JSON.stringify(environment)));
  return environment;
}

function isWhole({ packages }: PackageEnvironment, store: PackageStore): boolean {
  return Object.values(packages).every(({ name, version, integrity }) =>
    store.has(name, version, integrity),
  );
}

interface Resolving {
  readonly context: ResolveContext;
  readonly chosen: Map<string, StoredPackage>;
  readonly edges: Map<string, Record<string, string>>;
  readonly missing: { name: string; reason: string }[];
}

async function resolveFresh(
  wanted: readonly WantedPackage[],
  context: ResolveContext,
): Promise<PackageEnvironment> {
  const run: Resolving = { context, chosen: new Map(), edges: new Map(), missing: [] };
  const roots = await Promise.all(wanted.map((wish) => rootOf(wish, run)));
  const found = roots.flatMap((root) => (root === null ? [] : [root.stored]));
  for (const stored of found) run.chosen.set(idOf(stored), stored);
  let level: readonly StoredPackage[] = found;
  while (level.length > 0) level = await nextLevel(level, run);
  return {
    roots: roots
      .flatMap((root): EnvironmentRoot[] =>
        root === null ? [] : [{ ...root.wish, types: idOf(root.stored) }],
      )
      .sort((a, b) => byCodeUnit(a.name, b.name)),
    packages: Object.fromEntries(
      [...run.chosen]
        .sort(([a], [b]) => byCodeUnit(a, b))
        .map(([id, stored]) => [id, environmentPackage(stored, run.edges.get(id) ?? {})]),
    ),
    missing: run.missing.sort((a, b) => byCodeUnit(a.name, b.name)),
  };
}

/** A package that was asked for, with its declarations from DefinitelyTyped when it has none of its own. */
async function rootOf(
  wish: WantedPackage,
  run: Resolving,
): Promise<{ wish: WantedPackage; stored: StoredPackage } | null> {
  const stored = await exact(wish, run.context);
  const { name, version } = wish;
  if (stored === null) {
    run.missing.push({ name, reason: `${name}@${version} ${UNPUBLISHED}` });
    return null;
  }
  if (hasTypes(new Map(Object.entries(stored.files)))) return { wish, stored };
  const types = await typesFor(wish, run.context);
  if (types !== null) return { wish, stored: types };
  run.missing.push({ name, reason: `${name}@${version} has no types` });
  return null;
}

async function exact(
  { name, version }: WantedPackage,
  { store, registry }: ResolveContext,
): Promise<StoredPackage | null> {
  const known = store.read(name, version);
  if (known !== null) return known;
  const manifest = await registry.manifest(name, version);
  return manifest === null ? null : store.fetch(manifest);
}

/** DefinitelyTyped follows the major and minor version of the package. */
async function typesFor(
  { name, version }: WantedPackage,
  context: ResolveContext,
): Promise<StoredPackage | null> {
  const typesName = typesPackageOf(name);
  const [major = "0", minor = "0"] = version.split(".");
  for (const range of [`~${major}.${minor}.0`, `^${major}.0.0`]) {
    const manifest = await pick(typesName, range, context);
    if (manifest !== null) return context.store.fetch(manifest);
  }
  return null;
}

/** What the declarations of a level need that is not there yet. Choices are made one by one, in order. */
async function nextLevel(
  level: readonly StoredPackage[],
  run: Resolving,
): Promise<readonly StoredPackage[]> {
  const needs = [...level]
    .sort((a, b) => byCodeUnit(idOf(a), idOf(b)))
    .flatMap((stored) => needsOf(stored).map((need) => ({ from: idOf(stored), ...need })));
  const manifests = new Map<string, PublishedManifest>();
  // Asked for together, because the answers come from afar; chosen below in a fixed order.
  await Promise.all(needs.map(({ name }) => run.context.registry.versions(name)));
  for (const { from, name, as, range } of needs) {
    const known = [...run.chosen.values(), ...manifests.values()].find(
      (other) => other.name === name && satisfies(other.version, range, LOOSE),
    );
    const choice = known ?? (await pick(name, range, run.context));
    if (choice === null) continue;
    if (known === undefined) manifests.set(idOf(choice), choice as PublishedManifest);
    run.edges.set(from, { ...run.edges.get(from), [as]: idOf(choice) });
  }
  const fetched = await Promise.all(
    [...manifests.values()].map((manifest) => run.context.store.fetch(manifest)),
  );
  for (const stored of fetched) run.chosen.set(idOf(stored), stored);
  return fetched;
}

interface Need {
  /** Of the package to fetch. */
  readonly name: string;
  /** Name under which it is imported. */
  readonly as: string;
  readonly range: string;
}

/** A reference is a dependency under its own name or through DefinitelyTyped; anything else is not installed either. */
function needsOf({ references, dependencies }: StoredPackage): readonly Need[] {
  return references.flatMap((reference) =>
    [reference, typesPackageOf(reference)].flatMap((as) => {
      const range = Object.hasOwn(dependencies, as) ? dependencies[as] : undefined;
      return range === undefined ? [] : (needOf(as, range) ?? []);
    }),
  );
}

function needOf(as: string, range: string): Need | null {
  const alias = /^npm:((?:@[^/]+\/)?[^@]+)(?:@(.*))?$/.exec(range);
  const need = { name: alias?.[1] ?? as, as, range: alias === null ? range : (alias[2] ?? "*") };
  // Folders and repositories are nothing that a registry has.
  return validRange(need.range, LOOSE) === null ? null : need;
}

/** The version that npm would install, but a locked one before it. */
async function pick(
  name: string,
  range: string,
  { registry, locked }: ResolveContext,
): Promise<PublishedManifest | null> {
  const found = await registry.versions(name);
  if (found === null) return null;
  const names = [...found.versions.keys()];
  const kept = names.filter((version) => locked.has(`${name}@${version}`));
  const latest = found.tags["latest"];
  const version =
    maxSatisfying(kept, range, LOOSE) ??
    (latest !== undefined && satisfies(latest, range, LOOSE)
      ? latest
      : maxSatisfying(names, range, LOOSE));
  return version === null ? null : (found.versions.get(version) ?? null);
}

function environmentPackage(
  { name, version, integrity }: StoredPackage,
  dependencies: Readonly<Record<string, string>>,
): EnvironmentPackage {
  return { name, version, integrity, dependencies };
}

function idOf({ name, version }: Pick<StoredPackage, "name" | "version">): string {
  return `${name}@${version}`;
}

/** How the reason of a version that does not exist ends. */
export const UNPUBLISHED = "is not on the registry";
const LOOSE = { loose: true };
/** Raise it when the choice of packages changes. */
const FORMAT = 2;
