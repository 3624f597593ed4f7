import { ChubError, isChubError } from "../chub-error.ts";
import { artifactPathProblem } from "../contract/artifact-path.ts";
import { ARTIFACT_FILES } from "../contract/contract.ts";
import { memoryFile } from "./memory-file.ts";
import { sha256Of } from "./read-verified.ts";
import { Refreshing } from "./refreshing.ts";
import type { RandomAccessFile, UpdatableSource, UpdateOutcome, UpdateRequest } from "./source.ts";
import {
  cachedGeneration,
  fetchFile,
  fetchGeneration,
  hostGeneration,
  rememberGeneration,
  tooLarge,
  type HostGeneration,
  type UrlSourceOptions,
} from "./url-generation.ts";
import type { CachedFile } from "./url-state.ts";

/**
 * An artifact on a static host. Fetches manifest.json (or, for Context Hub's layout, registry.json) and
 * then the files a question needs; what has a digest is fetched once and checked at every read.
 */
export class UrlSource implements UpdatableSource {
  readonly kind = "url";
  readonly name: string;
  readonly location: string;
  readonly #options: UrlSourceOptions;
  readonly #host: Refreshing<HostGeneration>;
  /** Index files by digest, checked once by this process. */
  readonly #index = new Map<string, Uint8Array>();

  constructor(options: UrlSourceOptions) {
    this.#options = options;
    this.name = options.name;
    this.location = options.url;
    this.#host = new Refreshing({
      cached: () => cachedGeneration(options),
      fetch: (known) => fetchGeneration(options, known),
      remember: (generation) => rememberGeneration(options, generation),
      now: options.now,
      refreshIntervalSeconds: options.refreshIntervalSeconds,
      offline: options.offline ? this.#offline("its manifest") : null,
    });
  }

  async read(path: string, signal?: AbortSignal): Promise<Uint8Array | null> {
    const problem = artifactPathProblem(path);
    if (problem !== null) throw refused(this.name, path, `the path is not allowed: ${problem}`);
    const { manifest, rootBytes } = await this.#host.serving();
    const rootPath = manifest === null ? ARTIFACT_FILES.registry : ARTIFACT_FILES.manifest;
    if (path === rootPath) return rootBytes;
    if (manifest === null) return this.#readUnlisted(path, signal);
    const entry = manifest.files.get(path);
    return entry === undefined ? null : this.#readListed(path, { ...entry, signal });
  }

  async open(path: string): Promise<RandomAccessFile | null> {
    const bytes = await this.read(path);
    return bytes === null ? null : memoryFile(bytes);
  }

  check(): Promise<boolean> {
    return this.#host.check();
  }

  checkedAt(): string | null {
    return this.#host.checkedAt();
  }

  async update({ force, full }: UpdateRequest): Promise<UpdateOutcome> {
    const { outcome, generation } = await this.#host.update(force);
    return { outcome, fetched: full ? await this.#fetchAll(generation) : 0 };
  }

  async #readListed(path: string, entry: ListedFile): Promise<Uint8Array> {
    const bytes =
      this.#index.get(entry.sha256) ??
      this.#options.cache.read(entry.sha256) ??
      (await this.#fetchListed(path, entry));
    if (path.startsWith("index/")) this.#index.set(entry.sha256, bytes);
    return bytes;
  }

  /** When the host has moved on, its new manifest is taken note of, so that the catalog is opened anew. */
  async #fetchListed(path: string, { size, sha256, signal }: ListedFile): Promise<Uint8Array> {
    if (this.#options.offline) throw this.#offline(path);
    const answer = await fetchFile(this.#options, {
      path,
      maxBytes: size,
      etag: undefined,
      signal,
    });
    if (answer.kind === "body" && sha256Of(answer.bytes) === sha256) {
      this.#options.cache.write(answer.bytes);
      return answer.bytes;
    }
    const serving = await this.#host.serving();
    const latest = await this.#host.refresh();
    if (serving.id !== latest.id) {
      throw new ChubError("NO_DATA", `Source ${this.name} changed while it was read`, {
        hint: "Ask again.",
      });
    }
    const why =
      answer.kind === "not-found"
        ? "the manifest lists it, the host does not have it"
        : "its bytes are not those of the manifest";
    throw refused(this.name, path, why);
  }

  /** A file of Context Hub's layout: current when it was checked after the registry, else checked now if the host answers. */
  async #readUnlisted(path: string, signal?: AbortSignal): Promise<Uint8Array | null> {
    if (!/\.[A-Za-z0-9]+$/.test(path) || path.startsWith("index/")) return null;
    const { state } = await this.#host.serving();
    const known = state.files.get(path);
    const bytes = known === undefined ? null : this.#options.cache.read(known.sha256);
    const copy = known === undefined || bytes === null ? null : { ...known, bytes };
    if (copy !== null && (this.#options.offline || copy.checkedAtMs >= state.checkedAtMs))
      return copy.bytes;
    if (this.#options.offline) throw this.#offline(path);
    try {
      return await this.#fetchUnlisted(path, copy, signal);
    } catch (error) {
      if (copy === null || !isChubError(error) || error.code !== "NO_DATA") throw error;
      return copy.bytes;
    }
  }

  async #fetchUnlisted(
    path: string,
    copy: (CachedFile & { readonly bytes: Uint8Array }) | null,
    signal: AbortSignal | undefined,
  ): Promise<Uint8Array | null> {
    const answer = await fetchFile(this.#options, {
      path,
      maxBytes: MAX_UNLISTED_BYTES,
      etag: copy?.etag,
      signal,
    });
    if (answer.kind === "not-found") return null;
    if (answer.kind === "too-large") throw tooLarge(this.#options, path);
    if (answer.kind === "body" && answer.isHtml)
      throw refused(this.name, path, "the host answered with a page of HTML");
    const current = answer.kind === "body" ? answer : copy;
    if (current === null) return null;
    const sha256 = this.#options.cache.write(current.bytes);
    const file = {
      sha256,
      checkedAtMs: this.#options.now(),
      ...(current.etag === undefined ? {} : { etag: current.etag }),
    };
    const generation = await this.#host.serving();
    const files = new Map(generation.state.files).set(path, file);
    this.#host.note(hostGeneration({ ...generation, state: { ...generation.state, files } }));
    return current.bytes;
  }

  /** Every file of the manifest that is not here yet; at most `PARALLEL` at a time. */
  async #fetchAll({ manifest }: HostGeneration): Promise<number> {
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

  #offline(path: string): ChubError {
    return new ChubError(
      "NO_DATA",
      `Source ${this.name} cannot be asked for ${path}: CHUB_OFFLINE is set`,
      {
        hint: "Run `chub update --full` once with a network.",
      },
    );
  }
}

interface ListedFile {
  readonly size: number;
  readonly sha256: string;
  readonly signal?: AbortSignal | undefined;
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

const PARALLEL = 8;
const MAX_UNLISTED_BYTES = 1024 * 1024;
