import type { ObjectCache } from "../cache/object-cache.ts";
import { ChubError } from "../chub-error.ts";
import { artifactPathProblem } from "../contract/artifact-path.ts";
import { decodeContextHubRegistry } from "../catalog/context-hub-registry.ts";
import { ARTIFACT_FILES } from "../contract/contract.ts";
import { decodeManifest } from "./manifest.ts";
import { memoryFile } from "./memory-file.ts";
import {
  fetchTarball,
  findVersion,
  type PackageRequest,
  type PublishedVersion,
} from "./npm-package.ts";
import type { NpmLimits } from "./npm-limits.ts";
import type { NpmOptions } from "./npmrc.ts";
import { sha256Of } from "./read-verified.ts";
import { Refreshing, type Generation } from "./refreshing.ts";
import type {
  RandomAccessFile,
  SourceRelease,
  SourceSnapshot,
  UpdatableSource,
  UpdateOutcome,
  UpdateRequest,
} from "./source.ts";
import { readTarballFile, scanTarball, tarballFiles, type TarballReading } from "./tarball.ts";
import { listedPaths, parseRegistryJson } from "./registry-json.ts";

export interface NpmSourceOptions {
  readonly name: string;
  readonly packageName: string;
  /** Version, range or tag; "" is `latest`. */
  readonly range: string;
  readonly npm: NpmOptions;
  readonly cache: ObjectCache;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly refreshIntervalSeconds: number;
  /** Whether only the cache may answer. */
  readonly offline: boolean;
  /** Default: 10 s without a byte, two minutes for a file. */
  readonly limits?: NpmLimits;
}

/**
 * An artifact in a package of an npm registry. The tarball is fetched once a version, its integrity
 * checked, its files kept by digest; what is read later is checked again.
 */
export class NpmSource implements UpdatableSource {
  readonly kind = "npm";
  readonly name: string;
  readonly location: string;
  readonly #options: NpmSourceOptions;
  readonly #package: Refreshing<PackageGeneration>;
  /** Files that the cache could not keep, and index files, by digest. */
  readonly #held = new Map<string, Uint8Array>();

  constructor(options: NpmSourceOptions) {
    this.#options = options;
    this.name = options.name;
    this.location =
      options.range === "" ? options.packageName : `${options.packageName}@${options.range}`;
    this.#package = new Refreshing({
      cached: () => decodeGeneration(options.cache.readState(stateName(options)), options.now()),
      fetch: (known) => this.#fetch(known),
      remember: ({ id, checkedAtMs, files }) =>
        options.cache.writeState(stateName(options), {
          id,
          checkedAtMs,
          files: Object.fromEntries(files),
        }),
      now: options.now,
      refreshIntervalSeconds: options.refreshIntervalSeconds,
      offline: options.offline ? offline(options) : null,
    });
  }

  async read(path: string): Promise<Uint8Array | null> {
    return this.#read(await this.#package.serving(), path);
  }

  async #read(generation: PackageGeneration, path: string): Promise<Uint8Array | null> {
    const problem = artifactPathProblem(path);
    if (problem !== null)
      throw refused(
        this.#options,
        `the path ${JSON.stringify(path.slice(0, 240))} is not allowed: ${problem}`,
      );
    const sha256 = generation.files.get(path);
    if (sha256 === undefined) return null;
    const bytes =
      this.#held.get(sha256) ??
      this.#options.cache.read(sha256) ??
      (await this.#fetchAgain(generation, sha256));
    if (path.startsWith("index/")) this.#held.set(sha256, bytes);
    return bytes;
  }

  async open(path: string): Promise<RandomAccessFile | null> {
    const bytes = await this.read(path);
    return bytes === null ? null : memoryFile(bytes);
  }

  async snapshot(): Promise<SourceSnapshot> {
    const generation = await this.#package.serving();
    const read = (path: string): Promise<Uint8Array | null> => this.#read(generation, path);
    return {
      id: generation.id,
      name: this.name,
      kind: this.kind,
      location: this.location,
      read,
      async open(path) {
        const bytes = await read(path);
        return bytes === null ? null : memoryFile(bytes);
      },
    };
  }

  check(): Promise<string> {
    return this.#package.check();
  }

  checkedAt(): string | null {
    return this.#package.checkedAt();
  }

  problem(): ChubError | null {
    return this.#package.problem();
  }

  release(): SourceRelease | null {
    const latest = this.#package.latest();
    return latest === null ? null : { version: versionOf(latest) };
  }

  /** The whole package is fetched in any case; `full` makes sure that the cache still has it. */
  async update({ force, full }: UpdateRequest): Promise<UpdateOutcome> {
    const before = this.#options.cache.problem();
    const { outcome, generation } = await this.#package.update(force);
    const missing = full
      ? [...generation.files.values()].filter((sha256) => this.#options.cache.read(sha256) === null)
      : [];
    for (const sha256 of missing)
      if (!this.#held.has(sha256)) await this.#fetchAgain(generation, sha256);
    const problem = this.#options.cache.problem();
    if (problem !== null && problem !== before) throw problem;
    return { outcome, fetched: missing.length };
  }

  async #fetch(known: PackageGeneration | null): Promise<PackageGeneration> {
    const published = await findVersion(this.#request());
    const id = idOf(published);
    const checkedAtMs = this.#options.now();
    if (known?.id === id) return { ...known, checkedAtMs };
    return { id, checkedAtMs, files: await this.#unpack(published) };
  }

  /** A file that the cache lost: the same version is fetched again. */
  async #fetchAgain(generation: PackageGeneration, sha256: string): Promise<Uint8Array> {
    if (this.#options.offline) throw offline(this.#options);
    const published = await findVersion({ ...this.#request(), range: versionOf(generation) });
    if (idOf(published) !== generation.id)
      throw refused(this.#options, `${published.version} has other bytes than before`);
    await this.#unpack(published);
    const bytes = this.#options.cache.read(sha256) ?? this.#held.get(sha256);
    if (bytes === undefined) throw refused(this.#options, "a file of it is missing");
    return bytes;
  }

  /** Reads the archive to its end before anything of it is kept. */
  async #unpack(published: PublishedVersion): Promise<ReadonlyMap<string, string>> {
    const archive = await fetchTarball(this.#request(), published);
    const { folder, files } = await artifactFiles(archive, this.#options);
    const wants = (path: string): boolean =>
      path.startsWith(folder) && files.has(path.slice(folder.length));
    for await (const { bytes } of tarballFiles(archive, reading(this.#options), wants))
      if (bytes !== null) this.#keep(bytes);
    return files;
  }

  #keep(bytes: Uint8Array): string {
    const sha256 = this.#options.cache.write(bytes);
    if (this.#options.cache.problem() !== null) this.#held.set(sha256, bytes);
    return sha256;
  }

  #request(): PackageRequest {
    const { name, packageName, range, npm, limits } = this.#options;
    return { sourceName: name, packageName, range, options: npm, limits };
  }
}

interface PackageGeneration extends Generation {
  /** sha256 by path relative to the artifact. */
  readonly files: ReadonlyMap<string, string>;
}

interface PackedArtifact {
  /** "" or with a slash at the end. */
  readonly folder: string;
  /** sha256 by path relative to the artifact. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * The artifact in a package, in whichever folder of it it is. With a manifest every file it lists must be
 * there with its digest, without one those that its registry names count; no other file is taken.
 */
async function artifactFiles(
  archive: Uint8Array,
  options: NpmSourceOptions,
): Promise<PackedArtifact> {
  const how = reading(options);
  const digests = await scanTarball(archive, how);
  const registries = [...digests.keys()].filter(
    (path) => path === ARTIFACT_FILES.registry || path.endsWith(`/${ARTIFACT_FILES.registry}`),
  );
  const [shallowest] = registries.sort((a, b) => a.split("/").length - b.split("/").length);
  if (shallowest === undefined) throw refused(options, "there is no artifact in it");
  const folder = shallowest.slice(0, -ARTIFACT_FILES.registry.length);
  const manifest = await readTarballFile(archive, how, `${folder}${ARTIFACT_FILES.manifest}`);
  const files = new Map<string, string>();
  if (manifest === null) {
    const registry = await readTarballFile(archive, how, shallowest);
    for (const path of [ARTIFACT_FILES.registry, ...registryPaths(registry, options)]) {
      const digest = digests.get(`${folder}${path}`);
      if (digest !== undefined) files.set(path, digest);
    }
    return { folder, files };
  }
  files.set(ARTIFACT_FILES.manifest, sha256Of(manifest));
  for (const [path, { sha256 }] of decodeManifest(manifest, options.name).files) {
    if (digests.get(`${folder}${path}`) !== sha256)
      throw refused(options, `${path} is not the file of its manifest`);
    files.set(path, sha256);
  }
  return { folder, files };
}

function registryPaths(registry: Uint8Array | null, options: NpmSourceOptions): readonly string[] {
  if (registry === null) return [];
  return listedPaths(decodeContextHubRegistry(parseRegistryJson(registry, options.name)));
}

function reading({ packageName }: NpmSourceOptions): TarballReading {
  return { name: `package ${packageName}`, hasFolder: true, ...LIMITS };
}

function decodeGeneration(value: unknown, nowMs: number): PackageGeneration | null {
  const { id, checkedAtMs, files } = (
    typeof value === "object" && value !== null ? value : {}
  ) as Readonly<Record<string, unknown>>;
  if (
    typeof id !== "string" ||
    typeof checkedAtMs !== "number" ||
    typeof files !== "object" ||
    files === null
  )
    return null;
  const entries = Object.entries(files).filter((file): file is [string, string] =>
    /^[0-9a-f]{64}$/.test(String(file[1])),
  );
  return { id, checkedAtMs: checkedAtMs > nowMs ? 0 : checkedAtMs, files: new Map(entries) };
}

function idOf({ version, integrity }: PublishedVersion): string {
  return `${version} ${integrity}`;
}

function versionOf({ id }: Generation): string {
  return id.slice(0, id.indexOf(" "));
}

function stateName({ name, packageName, range }: NpmSourceOptions): string {
  return `${name} npm:${packageName}@${range}`;
}

function offline({ name, packageName }: NpmSourceOptions): ChubError {
  return new ChubError(
    "NO_DATA",
    `Source ${name} cannot fetch ${packageName}: CHUB_OFFLINE is set`,
    {
      hint: "Run `chub update` once with a network.",
    },
  );
}

function refused({ packageName }: NpmSourceOptions, why: string): ChubError {
  return new ChubError("INTEGRITY", `Refused package ${packageName}: ${why}`, {
    hint: "Nothing of it was kept. Tell whoever publishes it.",
  });
}

/** Of a package; one with tens of thousands of documents keeps within them. */
const LIMITS = {
  maxBytes: 512 * 1024 * 1024,
  maxMemberBytes: 64 * 1024 * 1024,
  maxMembers: 400_000,
};
