import { ChubError, isChubError } from "../chub-error.ts";
import { artifactPathProblem } from "../contract/artifact-path.ts";
import { ARTIFACT_FILES } from "../contract/contract.ts";
import { memoryFile } from "./memory-file.ts";
import { sha256Of } from "./read-verified.ts";
import type { RandomAccessFile, UpdatableSource, UpdateOutcome, UpdateRequest } from "./source.ts";
import {
  cachedGeneration,
  fetchFile,
  fetchGeneration,
  rememberGeneration,
  tooLarge,
  type Generation,
  type UrlSourceOptions,
} from "./url-generation.ts";

/**
 * An artifact on a static host. Fetches manifest.json (or, for Context Hub's layout, registry.json) and
 * then the files a question needs; what has a digest is fetched once and checked at every read.
 *
 * A copy older than the refresh interval still answers when the host does not within `GRACE_MS`.
 */
export class UrlSource implements UpdatableSource {
  readonly kind = "url";
  readonly name: string;
  readonly location: string;
  readonly #options: UrlSourceOptions;
  /** The newest that is known. */
  #latest: Generation | null = null;
  /** What reads answer from; it changes when `check` says so, never under a reader. */
  #serving: Generation | null = null;
  #refreshing: Promise<Generation> | null = null;
  /** After a failure the host is left alone for a while. */
  #retryAtMs = 0;
  #failure: unknown = null;
  /** Index files, checked once by this process. */
  readonly #index = new Map<string, Uint8Array>();

  constructor(options: UrlSourceOptions) {
    this.#options = options;
    this.name = options.name;
    this.location = options.url;
  }

  async read(path: string): Promise<Uint8Array | null> {
    const problem = artifactPathProblem(path);
    if (problem !== null) throw refused(this.name, path, `the path is not allowed: ${problem}`);
    const { manifest, rootBytes } = (this.#serving ??= await this.#generation());
    if (manifest === null)
      return path === ARTIFACT_FILES.registry ? rootBytes : this.#readUnlisted(path);
    if (path === ARTIFACT_FILES.manifest) return rootBytes;
    const entry = manifest.files.get(path);
    if (entry === undefined) return null;
    const bytes =
      this.#index.get(entry.sha256) ??
      this.#options.cache.read(entry.sha256) ??
      (await this.#fetchListed(path, entry));
    if (path.startsWith("index/")) this.#index.set(entry.sha256, bytes);
    return bytes;
  }

  async open(path: string): Promise<RandomAccessFile | null> {
    const bytes = await this.read(path);
    return bytes === null ? null : memoryFile(bytes);
  }

  async check(): Promise<boolean> {
    const generation = await this.#generation();
    const changed = this.#serving !== null && !isSame(this.#serving, generation);
    this.#serving = generation;
    return changed;
  }

  checkedAt(): string | null {
    return this.#latest === null ? null : new Date(this.#latest.state.checkedAtMs).toISOString();
  }

  async update({ force, full }: UpdateRequest): Promise<UpdateOutcome> {
    if (this.#options.offline) throw this.#offline();
    const before = (this.#latest ??= cachedGeneration(this.#options));
    const after =
      before !== null && !force && this.#isFresh(before) ? before : await this.#refresh();
    this.#serving = after;
    const fetched = full ? await this.#fetchAll(after) : 0;
    if (after === before) return { outcome: "fresh", fetched };
    return { outcome: before !== null && isSame(before, after) ? "unchanged" : "updated", fetched };
  }

  /** What to answer from: a stale generation rather than none, and rather than a late one. */
  async #generation(): Promise<Generation> {
    const known = (this.#latest ??= cachedGeneration(this.#options));
    if (known === null) {
      if (this.#options.offline) throw this.#offline();
      if (this.#options.now() < this.#retryAtMs) throw this.#failure;
      return this.#refresh();
    }
    const isQuiet = this.#options.offline || this.#options.now() < this.#retryAtMs;
    return isQuiet || this.#isFresh(known) ? known : withinGrace(this.#refresh(), known);
  }

  #isFresh({ state }: Generation): boolean {
    return this.#options.now() - state.checkedAtMs < this.#options.refreshIntervalSeconds * 1000;
  }

  #refresh(): Promise<Generation> {
    this.#refreshing ??= this.#fetchGeneration().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  async #fetchGeneration(): Promise<Generation> {
    try {
      const generation = await fetchGeneration(this.#options, this.#latest);
      this.#remember(generation);
      return generation;
    } catch (error) {
      this.#retryAtMs = this.#options.now() + RETRY_MS;
      this.#failure = error;
      throw error;
    }
  }

  #remember(generation: Generation): void {
    if (this.#serving !== null && isSame(this.#serving, generation)) this.#serving = generation;
    this.#latest = generation;
    rememberGeneration(this.#options, generation);
  }

  /** A file with a digest. When the host has moved on, its new manifest is taken note of, so that the catalog is opened anew. */
  async #fetchListed(
    path: string,
    { size, sha256 }: { size: number; sha256: string },
  ): Promise<Uint8Array> {
    if (this.#options.offline) throw this.#offline(path);
    const answer = await fetchFile(this.#options, { path, maxBytes: size, etag: undefined });
    if (answer.kind === "body" && sha256Of(answer.bytes) === sha256) {
      this.#options.cache.write(answer.bytes);
      return answer.bytes;
    }
    const latest = await this.#refresh();
    if (this.#serving !== null && !isSame(this.#serving, latest)) {
      throw new ChubError("NO_DATA", `Source ${this.name} changed while it was read`, {
        hint: "Ask again.",
      });
    }
    const isMissing = answer.kind === "not-found";
    throw refused(
      this.name,
      path,
      isMissing
        ? "the manifest lists it, the host does not have it"
        : "its bytes are not those of the manifest",
    );
  }

  /** A file of Context Hub's layout: current when it was checked after the registry, else checked now if the host answers. */
  async #readUnlisted(path: string): Promise<Uint8Array | null> {
    if (!/\.[A-Za-z0-9]+$/.test(path) || path.startsWith("index/")) return null;
    const { state } = (this.#serving ??= await this.#generation());
    const known = state.files.get(path);
    const copy = known === undefined ? null : this.#options.cache.read(known.sha256);
    if (copy !== null && (this.#options.offline || (known?.checkedAtMs ?? 0) >= state.checkedAtMs))
      return copy;
    if (this.#options.offline) throw this.#offline(path);
    try {
      return await this.#fetchUnlisted(path, copy === null ? undefined : known?.etag, copy);
    } catch (error) {
      if (copy === null || !isChubError(error) || error.code !== "NO_DATA") throw error;
      return copy;
    }
  }

  async #fetchUnlisted(
    path: string,
    etag: string | undefined,
    copy: Uint8Array | null,
  ): Promise<Uint8Array | null> {
    const answer = await fetchFile(this.#options, { path, maxBytes: MAX_UNLISTED_BYTES, etag });
    if (answer.kind === "not-found") return null;
    if (answer.kind === "too-large") throw tooLarge(this.#options, path);
    if (answer.kind === "body" && answer.isHtml)
      throw refused(this.name, path, "the host answered with a page of HTML");
    const bytes = answer.kind === "body" ? answer.bytes : copy;
    if (bytes === null) return null;
    const newEtag = answer.kind === "body" ? answer.etag : etag;
    const sha256 = this.#options.cache.write(bytes);
    const entry = {
      sha256,
      checkedAtMs: this.#options.now(),
      ...(newEtag === undefined ? {} : { etag: newEtag }),
    };
    const generation = this.#latest;
    if (generation !== null) {
      const files = new Map(generation.state.files).set(path, entry);
      this.#remember({ ...generation, state: { ...generation.state, files } });
    }
    return bytes;
  }

  /** Every file of the manifest that is not here yet; at most `PARALLEL` at a time. */
  async #fetchAll({ manifest }: Generation): Promise<number> {
    if (manifest === null) {
      throw new ChubError(
        "REQUEST_FAILED",
        `Source ${this.name} has no manifest: its files cannot be fetched as a whole`,
        {
          hint: "Files are kept as they are read.",
        },
      );
    }
    const missing = [...manifest.files].filter(
      ([, { sha256 }]) => this.#options.cache.read(sha256) === null,
    );
    const queue = missing.values();
    const worker = async (): Promise<void> => {
      for (const [path, entry] of queue) await this.#fetchListed(path, entry);
    };
    await Promise.all(Array.from({ length: PARALLEL }, worker));
    return missing.length;
  }

  #offline(path = "its manifest"): ChubError {
    return new ChubError(
      "NO_DATA",
      `Source ${this.name} cannot be asked for ${path}: CHUB_OFFLINE is set`,
      {
        hint: "Run `chub update --full` once with a network.",
      },
    );
  }
}

/** The refreshed generation when it comes in time, else the one at hand; a bug is not hidden. */
async function withinGrace(
  refreshed: Promise<Generation>,
  atHand: Generation,
): Promise<Generation> {
  let timer: NodeJS.Timeout | undefined;
  const grace = new Promise<Generation>((done) => {
    timer = setTimeout(done, GRACE_MS, atHand);
  });
  const orAtHand = refreshed.catch((error: unknown) => {
    if (isChubError(error)) return atHand;
    throw error;
  });
  try {
    return await Promise.race([orAtHand, grace]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether two generations are the same bytes, whenever they were checked. */
function isSame(a: Generation, b: Generation): boolean {
  return a.state.root.sha256 === b.state.root.sha256;
}

function refused(name: string, path: string, why: string): ChubError {
  return new ChubError(
    "INTEGRITY",
    `Refused ${JSON.stringify(path.slice(0, 240))} of source ${name}: ${why}`,
    {
      hint: "Nothing of it was kept. Tell whoever runs the source.",
    },
  );
}

const GRACE_MS = 250;
const RETRY_MS = 60_000;
const PARALLEL = 8;
const MAX_UNLISTED_BYTES = 1024 * 1024;
