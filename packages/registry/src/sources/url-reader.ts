import { ChubError, isChubError } from "../chub-error.ts";
import { artifactPathProblem } from "../contract/artifact-path.ts";
import { ARTIFACT_FILES } from "../contract/contract.ts";
import { objectPath } from "../pointer/pointer.ts";
import { sha256Of } from "./read-verified.ts";
import type { Refreshing } from "./refreshing.ts";
import { fetchFile, refused, tooLarge } from "./url-files.ts";
import { hostGeneration, type HostGeneration } from "./host-generation.ts";
import type { UrlSourceOptions } from "./url-options.ts";
import type { CachedFile } from "./url-state.ts";

/** A host, what is known of it, and what this process has read of it. */
export interface UrlHost {
  readonly options: UrlSourceOptions;
  readonly refreshing: Refreshing<HostGeneration>;
  /** Index files by digest, checked once by this process. */
  readonly index: Map<string, Uint8Array>;
  /** Whether the generation that is read has not taken its place yet: a file that is wrong then ends the refresh. */
  readonly preparing?: boolean;
  /** Ends a fetch for one question. */
  readonly signal?: AbortSignal | undefined;
}

export interface ListedFile {
  readonly size: number;
  readonly sha256: string;
}

/** A file of one generation of a host, or null when it has none. Errors: ChubError NO_DATA, INTEGRITY, the reason of the signal. */
export async function readHostFile(
  host: UrlHost,
  generation: HostGeneration,
  path: string,
): Promise<Uint8Array | null> {
  const problem = artifactPathProblem(path);
  if (problem !== null) throw refused(host.options, path, `the path is not allowed: ${problem}`);
  const { manifest, rootBytes } = generation;
  const rootPath = manifest === null ? ARTIFACT_FILES.registry : ARTIFACT_FILES.manifest;
  if (path === rootPath) return rootBytes;
  if (manifest === null) return readUnlisted(host, generation, path);
  const listed = manifest.files.get(path);
  if (listed === undefined) return null;
  const bytes =
    host.index.get(listed.sha256) ??
    host.options.cache.read(listed.sha256) ??
    (await fetchListed(host, generation, { path, ...listed }));
  if (path.startsWith("index/")) host.index.set(listed.sha256, bytes);
  return bytes;
}

/**
 * A file of the manifest, from the host. When the host has moved on, its new manifest is taken note of, so
 * that the catalog is opened anew.
 */
export async function fetchListed(
  { options, refreshing, preparing = false, signal }: UrlHost,
  generation: HostGeneration,
  { path, size, sha256 }: ListedFile & { readonly path: string },
): Promise<Uint8Array> {
  if (options.offline) throw offlineFailure(options, path);
  const place = options.pointer === undefined ? path : objectPath(sha256);
  const answer = await fetchFile(options, { path: place, maxBytes: size, etag: undefined, signal });
  if (answer.kind === "body" && sha256Of(answer.bytes) === sha256) {
    options.cache.write(answer.bytes);
    return answer.bytes;
  }
  const latest = preparing ? generation : await refreshing.refresh();
  if (generation.id !== latest.id) {
    throw new ChubError("NO_DATA", `Source ${options.name} changed while it was read`, {
      hint: "Ask again.",
    });
  }
  const why =
    answer.kind === "not-found"
      ? "the manifest lists it, the host does not have it"
      : "its bytes are not those of the manifest";
  throw refused(options, path, why);
}

/** The failure of a question that the cache cannot answer although only it may. */
export function offlineFailure({ name }: UrlSourceOptions, path: string): ChubError {
  return new ChubError(
    "NO_DATA",
    `Source ${name} cannot be asked for ${path}: CHUB_OFFLINE is set`,
    {
      hint: "Run `chub update --full` once with a network.",
    },
  );
}

/** A file of Context Hub's layout: current when it was checked after the registry, else checked now if the host answers. */
async function readUnlisted(
  host: UrlHost,
  generation: HostGeneration,
  path: string,
): Promise<Uint8Array | null> {
  if (!/\.[A-Za-z0-9]+$/.test(path) || path.startsWith("index/")) return null;
  const { options } = host;
  const { state } = newestOf(host, generation);
  const known = state.files.get(path);
  const bytes = known === undefined ? null : options.cache.read(known.sha256);
  const copy = known === undefined || bytes === null ? null : { ...known, bytes };
  if (copy !== null && (options.offline || copy.checkedAtMs >= state.checkedAtMs))
    return copy.bytes;
  if (options.offline) throw offlineFailure(options, path);
  try {
    return await fetchUnlisted(host, generation, { path, copy });
  } catch (error) {
    if (copy === null || !isChubError(error) || error.code !== "NO_DATA") throw error;
    return copy.bytes;
  }
}

interface UnlistedFile {
  readonly path: string;
  readonly copy: (CachedFile & { readonly bytes: Uint8Array }) | null;
}

async function fetchUnlisted(
  host: UrlHost,
  generation: HostGeneration,
  { path, copy }: UnlistedFile,
): Promise<Uint8Array | null> {
  const { options } = host;
  const answer = await fetchFile(options, {
    path,
    maxBytes: MAX_UNLISTED_BYTES,
    etag: copy?.etag,
    signal: host.signal,
  });
  if (answer.kind === "not-found") return null;
  if (answer.kind === "too-large") throw tooLarge(options, path);
  if (answer.kind === "body" && answer.isHtml)
    throw refused(options, path, "the host answered with a page of HTML");
  const current = answer.kind === "body" ? answer : copy;
  if (current === null) return null;
  const sha256 = options.cache.write(current.bytes);
  const file = {
    sha256,
    checkedAtMs: options.now(),
    ...(current.etag === undefined ? {} : { etag: current.etag }),
  };
  const newest = newestOf(host, generation);
  const files = new Map(newest.state.files).set(path, file);
  host.refreshing.note(hostGeneration({ ...newest, state: { ...newest.state, files } }));
  return current.bytes;
}

/** The same generation with what other readers have learnt of it since. */
function newestOf({ refreshing }: UrlHost, generation: HostGeneration): HostGeneration {
  const latest = refreshing.latest();
  return latest?.id === generation.id ? latest : generation;
}

const MAX_UNLISTED_BYTES = 1024 * 1024;
