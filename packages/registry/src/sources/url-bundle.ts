import { decodeContextHubRegistry } from "../catalog/context-hub-registry.ts";
import { artifactPathProblem } from "../contract/artifact-path.ts";
import { ARTIFACT_FILES } from "../contract/contract.ts";
import { sha256Of } from "./read-verified.ts";
import { listedPaths, parseRegistryJson } from "./registry-json.ts";
import { scanTarball, tarballFiles, type TarballReading } from "./tarball.ts";
import { fetchFile, refused, tooLarge } from "./url-files.ts";
import { hostGeneration, type HostGeneration } from "./host-generation.ts";
import { fetchListed, readHostFile, type UrlHost } from "./url-reader.ts";

/**
 * Fetches what is missing of a generation: in one bundle when that is most of it and the host has one, the
 * rest file by file. Gives the number of files that are new here.
 *
 * A bundle that does not belong to the generation, or has a member that it must not have, is refused as a
 * whole. Errors: ChubError NO_DATA, INTEGRITY.
 */
export async function fetchAll(host: UrlHost, generation: HostGeneration): Promise<number> {
  const missing = missingFiles(host, generation);
  // A channel's objects are shared by its releases; its bundle would have to be fetched anew with each.
  if (missing.length > FEW && host.options.pointer === undefined)
    await fetchBundle(host, generation);
  const queue = missingFiles(host, generation).values();
  const worker = async (): Promise<void> => {
    for (const path of queue) await fetchMissing(host, generation, path);
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return missing.length;
}

function missingFiles(host: UrlHost, generation: HostGeneration): readonly string[] {
  const { cache } = host.options;
  if (generation.manifest !== null)
    return [...generation.manifest.files].flatMap(([path, { sha256 }]) =>
      cache.read(sha256) === null ? [path] : [],
    );
  const state = (host.refreshing.latest() ?? generation).state;
  return registryFiles(host, generation).filter((path) => {
    const known = state.files.get(path);
    return (
      known === undefined ||
      known.checkedAtMs < state.checkedAtMs ||
      cache.read(known.sha256) === null
    );
  });
}

async function fetchMissing(
  host: UrlHost,
  generation: HostGeneration,
  path: string,
): Promise<void> {
  const listed = generation.manifest?.files.get(path);
  if (listed !== undefined) await fetchListed(host, generation, { path, ...listed });
  else if ((await readHostFile(host, generation, path)) === null)
    throw refused(host.options, path, "the registry lists it, the host does not have it");
}

/** Reads the whole bundle before anything of it is kept; a host without one is no failure. */
async function fetchBundle(host: UrlHost, generation: HostGeneration): Promise<void> {
  const { options } = host;
  const path = ARTIFACT_FILES.bundle;
  const answer = await fetchFile(options, { path, maxBytes: MAX_BUNDLE_BYTES, etag: undefined });
  if (answer.kind === "too-large") throw tooLarge(options, path);
  if (answer.kind !== "body") return;
  const reading: TarballReading = {
    name: `${path} of source ${options.name}`,
    hasFolder: false,
    ...LIMITS,
  };
  const allowed = allowedMembers(host, generation);
  for (const [member, sha256] of await scanTarball(answer.bytes, reading)) {
    const why = memberProblem(allowed, member, sha256);
    if (why !== null)
      throw refused(options, path, `its member ${JSON.stringify(member.slice(0, 200))} ${why}`);
  }
  const kept = new Map<string, string>();
  for await (const { path: member, bytes } of tarballFiles(answer.bytes, reading, () => true))
    if (bytes !== null) kept.set(member, options.cache.write(bytes));
  if (generation.manifest === null) noteFiles(host, generation, kept);
}

/** What a bundle of a generation may hold: the digest a member must have, or null for any bytes. */
function allowedMembers(
  host: UrlHost,
  generation: HostGeneration,
): ReadonlyMap<string, string | null> {
  const { manifest, rootBytes } = generation;
  if (manifest !== null)
    return new Map([
      ...[...manifest.files].map(([path, { sha256 }]) => [path, sha256] as const),
      [ARTIFACT_FILES.manifest, sha256Of(rootBytes)],
    ]);
  return new Map<string, string | null>([
    ...registryFiles(host, generation).map((path) => [path, null] as const),
    [ARTIFACT_FILES.contextHubIndex, null],
    [ARTIFACT_FILES.registry, sha256Of(rootBytes)],
  ]);
}

function memberProblem(
  allowed: ReadonlyMap<string, string | null>,
  member: string,
  sha256: string,
): string | null {
  const problem = artifactPathProblem(member);
  if (problem !== null) return `is not allowed: ${problem}`;
  const expected = allowed.get(member);
  if (expected === undefined) return "is not one that the artifact lists";
  return expected !== null && expected !== sha256 ? "has other bytes than the artifact's" : null;
}

function registryFiles({ options }: UrlHost, { rootBytes }: HostGeneration): readonly string[] {
  return listedPaths(decodeContextHubRegistry(parseRegistryJson(rootBytes, options.name)));
}

/** Files of Context Hub's layout have no digests: what the bundle had counts as checked now. */
function noteFiles(
  { options, refreshing }: UrlHost,
  generation: HostGeneration,
  kept: ReadonlyMap<string, string>,
): void {
  const latest = refreshing.latest();
  const newest = latest?.id === generation.id ? latest : generation;
  const checkedAtMs = options.now();
  const files = new Map(newest.state.files);
  for (const [path, sha256] of kept) files.set(path, { sha256, checkedAtMs });
  refreshing.note(hostGeneration({ ...newest, state: { ...newest.state, files } }));
}

const PARALLEL = 8;
/** Files that are fetched one by one without thinking of a bundle. */
const FEW = 32;
const MAX_BUNDLE_BYTES = 128 * 1024 * 1024;
const LIMITS = {
  maxBytes: 512 * 1024 * 1024,
  maxMemberBytes: 64 * 1024 * 1024,
  maxMembers: 400_000,
};
