import type { ObjectCache } from "../cache/object-cache.ts";
import type { ChubError } from "../chub-error.ts";
import { ARTIFACT_FILES } from "../contract/contract.ts";
import { memoryFile } from "./memory-file.ts";
import { Refreshing } from "./refreshing.ts";
import type {
  RandomAccessFile,
  SourceRelease,
  SourceSnapshot,
  UpdatableSource,
  UpdateOutcome,
  UpdateRequest,
} from "./source.ts";
import type { HostGeneration } from "./host-generation.ts";
import { cachedGeneration, fetchGeneration, rememberGeneration } from "./url-generation.ts";
import type { UrlSourceOptions } from "./url-options.ts";
import { offlineFailure, readHostFile, type UrlHost } from "./url-reader.ts";

/**
 * An artifact on a static host. Fetches manifest.json (or the pointer of a channel or version, or, for
 * Context Hub's layout, registry.json) and then the files a question needs; what has a digest is fetched
 * once and checked at every read.
 */
export class UrlSource implements UpdatableSource {
  readonly kind = "url";
  readonly name: string;
  readonly location: string;
  readonly #host: UrlHost;

  constructor(options: UrlSourceOptions) {
    this.name = options.name;
    this.location = options.url;
    const refreshing = new Refreshing({
      cached: () => cachedGeneration(options),
      fetch: (known) => this.#fetch(known),
      remember: (generation) => rememberGeneration(options, generation),
      now: options.now,
      refreshIntervalSeconds: options.refreshIntervalSeconds,
      offline: options.offline ? offlineFailure(options, "its manifest") : null,
    });
    this.#host = { options, refreshing, index: new Map() };
  }

  async read(path: string, signal?: AbortSignal): Promise<Uint8Array | null> {
    const generation = await this.#host.refreshing.serving();
    return readHostFile({ ...this.#host, signal }, generation, path);
  }

  async open(path: string): Promise<RandomAccessFile | null> {
    const bytes = await this.read(path);
    return bytes === null ? null : memoryFile(bytes);
  }

  async snapshot(): Promise<SourceSnapshot> {
    const host = this.#host;
    const generation = await host.refreshing.serving();
    const read = (path: string): Promise<Uint8Array | null> => readHostFile(host, generation, path);
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
    return this.#host.refreshing.check();
  }

  checkedAt(): string | null {
    return this.#host.refreshing.checkedAt();
  }

  problem(): ChubError | null {
    return this.#host.refreshing.problem();
  }

  release(): SourceRelease | null {
    return this.#host.refreshing.latest()?.state.pointer ?? null;
  }

  /** A disk that keeps nothing of an update is a failed one: the next process would see the old artifact. */
  async update({ force, full }: UpdateRequest): Promise<UpdateOutcome> {
    const { options, refreshing } = this.#host;
    const before = options.cache.problem();
    let prepared: number | null = null;
    const prepare = async (generation: HostGeneration): Promise<void> => {
      if (full && generation.manifest !== null)
        prepared = await fetchEverything({ ...this.#host, preparing: true }, generation);
      requireKept(options.cache, before);
    };
    const { outcome, generation } = await refreshing.update(force, prepare);
    const fetched = full ? (prepared ?? (await fetchEverything(this.#host, generation))) : 0;
    requireKept(options.cache, before);
    return { outcome, fetched };
  }

  /** A new artifact takes the place of the one before when its entries are here: a host may be gone by then. */
  async #fetch(known: HostGeneration | null): Promise<HostGeneration> {
    const generation = await fetchGeneration(this.#host.options, known);
    if (known !== null && known.id !== generation.id && generation.manifest !== null)
      await readHostFile({ ...this.#host, preparing: true }, generation, ARTIFACT_FILES.catalog);
    return generation;
  }
}

function requireKept(cache: ObjectCache, before: ChubError | null): void {
  const problem = cache.problem();
  if (problem !== null && problem !== before) throw problem;
}

/** Loaded here: nothing but a full update reads archives. */
async function fetchEverything(host: UrlHost, generation: HostGeneration): Promise<number> {
  const { fetchAll } = await import("./url-bundle.ts");
  return fetchAll(host, generation);
}
