import { ChubError, isChubError } from "@chub/registry";
import type { NpmOptions } from "@chub/registry";
import type RegistryFetch from "npm-registry-fetch";

/** What a registry says of one version of a package. */
export interface PublishedManifest {
  readonly name: string;
  readonly version: string;
  /** Subresource integrity. */
  readonly integrity: string;
  readonly tarball: string;
  /** Ranges by name: dependencies, peers and optional ones together. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** Why nobody should use it any more. */
  readonly deprecated?: string;
}

/** Every version of a package. */
export interface PublishedPackage {
  readonly versions: ReadonlyMap<string, PublishedManifest>;
  /** Version by tag, e.g. `latest`. */
  readonly tags: Readonly<Record<string, string>>;
}

/** An npm registry, read only. Errors of every method: ChubError NO_DATA when it cannot be reached, INTEGRITY. */
export interface NpmRegistry {
  /** Null when there is no such version. */
  manifest(name: string, version: string): Promise<PublishedManifest | null>;
  /** Null when there is no such package. */
  versions(name: string): Promise<PublishedPackage | null>;
  /** Bytes whose integrity is right. */
  tarball(manifest: PublishedManifest): Promise<Uint8Array>;
}

/**
 * The registry of the user's .npmrc through npm's own client, so that scopes, tokens and proxies work as for npm.
 *
 * Each answer is kept for the life of the object.
 */
export function openNpmRegistry(options: NpmOptions): NpmRegistry {
  const packages = new Map<string, Promise<PublishedPackage | null>>();
  const versions = (name: string): Promise<PublishedPackage | null> => {
    const known = packages.get(name) ?? fetchPackage(name, options);
    packages.set(name, known);
    return known;
  };
  return {
    versions,
    async manifest(name, version) {
      const found = await json(name, `${pathOf(name)}/${encodeURIComponent(version)}`, options);
      const manifest = found === null ? null : manifestOf(name, found);
      if (manifest !== null) return manifest;
      // Not every registry answers for a single version.
      return (await versions(name))?.versions.get(version) ?? null;
    },
    tarball: (manifest) => fetchTarball(manifest, options),
  };
}

async function fetchPackage(name: string, options: NpmOptions): Promise<PublishedPackage | null> {
  const document = await json(name, pathOf(name), options);
  if (document === null) return null;
  const versions = Object.values(objectOf(document["versions"])).flatMap((version) => {
    const manifest = manifestOf(name, objectOf(version));
    return manifest === null ? [] : [[manifest.version, manifest] as const];
  });
  const tags = Object.entries(objectOf(document["dist-tags"])).filter(
    (tag): tag is [string, string] => typeof tag[1] === "string",
  );
  return { versions: new Map(versions), tags: Object.fromEntries(tags) };
}

function manifestOf(
  name: string,
  found: Readonly<Record<string, unknown>>,
): PublishedManifest | null {
  const { tarball, integrity, shasum } = objectOf(found["dist"]);
  const version = found["version"];
  const digest =
    typeof integrity === "string"
      ? integrity
      : typeof shasum === "string"
        ? `sha1-${Buffer.from(shasum, "hex").toString("base64")}`
        : null;
  if (typeof version !== "string" || typeof tarball !== "string" || digest === null) return null;
  const { deprecated } = found;
  return {
    name,
    version,
    tarball,
    integrity: digest,
    dependencies: {
      ...textsOf(found["optionalDependencies"]),
      ...textsOf(found["peerDependencies"]),
      ...textsOf(found["dependencies"]),
    },
    ...(typeof deprecated === "string" && deprecated !== "" && { deprecated }),
  };
}

async function json(
  name: string,
  path: string,
  options: NpmOptions,
): Promise<Readonly<Record<string, unknown>> | null> {
  const found = await ask(name, async (fetch) =>
    fetch.json(path, { ...options, ...PATIENCE, spec: name, headers: { accept: ABBREVIATED } }),
  );
  return found === null ? null : objectOf(found);
}

async function fetchTarball(
  { name, tarball, integrity }: PublishedManifest,
  options: NpmOptions,
): Promise<Uint8Array> {
  const bytes = await ask(name, async (fetch) => {
    const response = await fetch(tarball, { ...options, ...PATIENCE, spec: name, integrity });
    return new Uint8Array(await response.arrayBuffer());
  });
  if (bytes !== null) return bytes;
  throw new ChubError("NO_DATA", `The registry lists ${tarball} and does not have it`, {
    hint: "Try again later, or tell whoever runs the registry.",
  });
}

/** Null when the registry says that there is no such thing. */
async function ask<T>(
  name: string,
  question: (fetch: typeof RegistryFetch) => Promise<T>,
): Promise<T | null> {
  const { default: fetch } = await import("npm-registry-fetch");
  try {
    return await question(fetch);
  } catch (error) {
    if (isChubError(error)) throw error;
    const { code } = error as { code?: unknown };
    if (code === "E404" || code === "E405") return null;
    if (typeof code !== "string") throw error;
    if (code === "EINTEGRITY")
      throw new ChubError("INTEGRITY", `Package ${name} has other bytes than were published`, {
        hint: "Nothing of it was kept. Tell whoever runs the registry.",
        cause: error,
      });
    throw new ChubError("NO_DATA", `Cannot ask the npm registry for ${name}: ${code}`, {
      hint: "Check the network and the registry in your .npmrc.",
      cause: error,
    });
  }
}

function pathOf(name: string): string {
  return `/${name.replace("/", "%2f")}`;
}

function textsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(objectOf(value)).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

const ABBREVIATED = "application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8";
/** Milliseconds; two further attempts. */
const PATIENCE = {
  timeout: 60_000,
  fetchRetries: 2,
  fetchRetryMintimeout: 300,
  fetchRetryMaxtimeout: 3_000,
};
