import { decodeContextHubRegistry } from "../catalog/context-hub-registry.ts";
import type { ObjectCache } from "../cache/object-cache.ts";
import { ChubError, isChubError } from "../chub-error.ts";
import { artifactPathProblem } from "../contract/artifact-path.ts";
import { ARTIFACT_FILES } from "../contract/contract.ts";
import { httpFetch, type HttpAnswer, type HttpLimits } from "./http-fetch.ts";
import { decodeManifest, type Manifest } from "./manifest.ts";
import { memoryFile } from "./memory-file.ts";
import { sha256Of } from "./read-verified.ts";
import type { UpdatableSource, UpdateOutcome } from "./source.ts";
import { decodeUrlState, encodeUrlState, type CachedFile, type UrlState } from "./url-state.ts";

export interface UrlSourceOptions {
  readonly name: string;
  /** Without a slash at the end. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly cache: ObjectCache;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly refreshIntervalSeconds: number;
  /** Whether only the cache may answer. */
  readonly offline: boolean;
  readonly limits?: HttpLimits;
}

/**
 * An artifact on a static host. Fetches manifest.json (or, for Context Hub's layout, registry.json) and
 * then the files a question needs; what has a digest is fetched once and checked at every read.
 *
 * A copy older than the refresh interval still answers when the host does not within `GRACE_MS`.
 * Errors of reads: ChubError NO_DATA, INTEGRITY, FORMAT_TOO_NEW.
 */
export function urlSource(options: UrlSourceOptions): UpdatableSource {
  const host = openHost(options);
  return {
    name: options.name,
    kind: "url",
    location: options.url,
    read: (path) => host.read(path),
    async open(path) {
      const bytes = await host.read(path);
      return bytes === null ? null : memoryFile(bytes);
    },
    check: () => host.check(),
    checkedAt: () => host.checkedAt(),
    update: (how) => host.update(how),
  };
}

/** What a host has, as far as it is known. */
interface Generation {
  readonly state: UrlState;
  /** Null in Context Hub's layout. */
  readonly manifest: Manifest | null;
}

interface Host {
  read(path: string): Promise<Uint8Array | null>;
  check(): Promise<boolean>;
  checkedAt(): string | null;
  update(how: { readonly force: boolean; readonly full: boolean }): Promise<UpdateOutcome>;
}

function openHost(options: UrlSourceOptions): Host {
  const { name, cache } = options;
  const stateName = `${name} ${options.url}`;
  let current: Generation | null = null;
  let opening: Promise<Generation> | null = null;
  let refreshing: Promise<Generation> | null = null;
  /** Files that are read by position, checked once by this process. */
  const opened = new Map<string, Uint8Array>();

  const remember = (generation: Generation): Generation => {
    if (current?.state.root.sha256 !== generation.state.root.sha256) opened.clear();
    current = generation;
    cache.writeState(stateName, encodeUrlState(generation.state));
    return generation;
  };
  const refresh = (): Promise<Generation> => {
    refreshing ??= fetchGeneration(options, current)
      .then(remember)
      .finally(() => {
        refreshing = null;
      });
    return refreshing;
  };
  const isFresh = ({ state }: Generation): boolean => options.now() - state.checkedAtMs < options.refreshIntervalSeconds * 1000;
  /** The generation to answer from: a stale one rather than none, and rather than a late one. */
  const generation = async (): Promise<Generation> => {
    current ??= cachedGeneration(options, stateName);
    if (current === null) {
      if (options.offline) throw offline(options);
      return (opening ??= refresh().finally(() => (opening = null)));
    }
    if (options.offline || isFresh(current)) return current;
    return firstOf(refresh(), current);
  };
  return {
    async read(path) {
      const problem = artifactPathProblem(path);
      if (problem !== null) throw refusedPath(options, path, problem);
      const known = await (opening ?? (current !== null ? current : generation()));
      if (known.manifest === null) return readUnlisted(options, known, { path, remember });
      const entry = known.manifest.files.get(path);
      if (entry === undefined) return path === ARTIFACT_FILES.manifest ? cache.read(known.state.root.sha256) : null;
      const bytes = opened.get(path) ?? cache.read(entry.sha256) ?? (await fetchListed(options, { path, ...entry, refresh }));
      if (path.startsWith("index/")) opened.set(path, bytes);
      return bytes;
    },
    async check() {
      const before = current?.state.root.sha256;
      return (await generation()).state.root.sha256 !== before && before !== undefined;
    },
    checkedAt: () => (current === null ? null : new Date(current.state.checkedAtMs).toISOString()),
    async update({ force, full }) {
      current ??= cachedGeneration(options, stateName);
      const before = current;
      if (options.offline) throw offline(options);
      const after = before !== null && !force && isFresh(before) ? before : await refresh();
      const fetched = full ? await fetchAll(options, after, refresh) : 0;
      if (after === before) return { outcome: "fresh", fetched };
      return { outcome: before?.state.root.sha256 === after.state.root.sha256 ? "unchanged" : "updated", fetched };
    },
  };
}

function cachedGeneration(options: UrlSourceOptions, stateName: string): Generation | null {
  const { cache, name } = options;
  const state = decodeUrlState(cache.readState(stateName), options.now());
  const root = state === null ? null : cache.read(state.root.sha256);
  if (state === null || root === null) return null;
  return { state, manifest: state.layout === "chub" ? decodeManifest(root, name) : null };
}

/** The refreshed generation when it comes within the grace, else the one at hand. */
async function firstOf(refreshed: Promise<Generation>, atHand: Generation): Promise<Generation> {
  let timer: NodeJS.Timeout | undefined;
  const grace = new Promise<Generation>((done) => {
    timer = setTimeout(done, GRACE_MS, atHand);
  });
  try {
    return await Promise.race([refreshed.catch(expectUnreachable(atHand)), grace]);
  } finally {
    clearTimeout(timer);
  }
}

/** A host that is away or broken does not take away what is at hand; a bug is not hidden. */
function expectUnreachable(atHand: Generation): (error: unknown) => Generation {
  return (error) => {
    if (!isChubError(error)) throw error;
    return atHand;
  };
}

async function fetchGeneration(options: UrlSourceOptions, known: Generation | null): Promise<Generation> {
  for (const layout of ["chub", "context-hub"] as const) {
    const path = layout === "chub" ? ARTIFACT_FILES.manifest : ARTIFACT_FILES.registry;
    const root = known?.state.layout === layout ? known.state.root : undefined;
    const answer = await fetchFile(options, { path, maxBytes: MAX_ROOT_BYTES, etag: root?.etag });
    if (answer.kind === "not-found") continue;
    const checkedAtMs = options.now();
    if (answer.kind === "not-modified") {
      if (known === null) throw nothingThere(options);
      return { ...known, state: { ...known.state, checkedAtMs } };
    }
    return decodeRoot(options, { layout, answer, checkedAtMs, files: known?.state.files ?? new Map() });
  }
  throw nothingThere(options);
}

interface FetchedRoot extends Pick<UrlState, "layout" | "checkedAtMs" | "files"> {
  readonly answer: Extract<HttpAnswer, { kind: "body" }>;
}

/** Decodes before anything is kept, so that a bad answer never replaces a good generation. */
function decodeRoot(options: UrlSourceOptions, { layout, answer, checkedAtMs, files }: FetchedRoot): Generation {
  const manifest = layout === "chub" ? decodeManifest(answer.bytes, options.name) : null;
  if (layout === "context-hub") decodeContextHubRegistry(parseJson(options, answer.bytes));
  const root = { sha256: options.cache.write(answer.bytes), ...(answer.etag === undefined ? {} : { etag: answer.etag }) };
  return { state: { layout, root, checkedAtMs, files }, manifest };
}
