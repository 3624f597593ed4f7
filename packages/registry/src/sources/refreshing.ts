import { isChubError, type ChubError } from "../chub-error.ts";
import type { UpdateOutcome } from "./source.ts";

/** What somewhere else has at one time. */
export interface Generation {
  /** Same id, same bytes. */
  readonly id: string;
  /** Milliseconds since 1970 of the last time it was known to be current. */
  readonly checkedAtMs: number;
}

export interface RefreshingOptions<G extends Generation> {
  /** The generation the cache remembers, or null. */
  readonly cached: () => G | null;
  /** Asks for the newest; `known` is what is at hand. Errors: ChubError. */
  readonly fetch: (known: G | null) => Promise<G>;
  readonly remember: (generation: G) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly refreshIntervalSeconds: number;
  /** The failure of every question that needs the network; null when it may be used. */
  readonly offline: ChubError | null;
}

/**
 * Keeps one thing of somewhere else current: cached first, refreshed when the interval has passed, and a
 * stale copy rather than none or a late one.
 */
export class Refreshing<G extends Generation> {
  readonly #options: RefreshingOptions<G>;
  /** The newest that is known. */
  #latest: G | null = null;
  /** What readers answer from; it changes when `check` says so, never under a reader. */
  #serving: G | null = null;
  #running: Promise<G> | null = null;
  /** After a failure the other side is left alone for a while. */
  #retryAtMs = 0;
  #failure: unknown = null;

  constructor(options: RefreshingOptions<G>) {
    this.#options = options;
  }

  async serving(): Promise<G> {
    return (this.#serving ??= await this.#newest());
  }

  /** Id of the generation that is served from now on. */
  async check(): Promise<string> {
    this.#serving = await this.#newest();
    return this.#serving.id;
  }

  checkedAt(): string | null {
    return this.#latest === null ? null : new Date(this.#latest.checkedAtMs).toISOString();
  }

  /** The newest that is known; null before the first time. */
  latest(): G | null {
    return this.#latest;
  }

  /** Why the last request failed; null when it did not. */
  problem(): ChubError | null {
    return isChubError(this.#failure) ? this.#failure : null;
  }

  /** With `prepare`, a generation takes the place of the one before only when that has succeeded. */
  async update(
    force: boolean,
    prepare?: (generation: G) => Promise<void>,
  ): Promise<{ outcome: UpdateOutcome["outcome"]; generation: G }> {
    if (this.#options.offline !== null) throw this.#options.offline;
    const before = (this.#latest ??= this.#options.cached());
    if (before !== null && !force && this.#isFresh(before))
      return { outcome: "fresh", generation: await this.serving() };
    // A request that is under way may have been answered before what the caller has heard of.
    await this.#running?.catch(() => undefined);
    const generation = await this.refresh(prepare);
    this.#serving = generation;
    return { outcome: before?.id === generation.id ? "unchanged" : "updated", generation };
  }

  /** Asks now. Errors: those of `fetch`; what is at hand stays. */
  refresh(prepare?: (generation: G) => Promise<void>): Promise<G> {
    this.#running ??= this.#fetch(prepare).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** Takes note of more that is known about a generation, unless a newer one has taken its place. */
  note(generation: G): void {
    if (this.#serving?.id === generation.id) this.#serving = generation;
    if (this.#latest !== null && this.#latest.id !== generation.id) return;
    this.#latest = generation;
    this.#options.remember(generation);
  }

  async #newest(): Promise<G> {
    const { offline, now } = this.#options;
    const known = (this.#latest ??= this.#options.cached());
    const mayAsk = offline === null && now() >= this.#retryAtMs;
    if (known !== null)
      return mayAsk && !this.#isFresh(known) ? withinGrace(this.refresh(), known) : known;
    if (mayAsk) return this.refresh();
    throw offline ?? this.#failure;
  }

  #isFresh({ checkedAtMs }: G): boolean {
    return this.#options.now() - checkedAtMs < this.#options.refreshIntervalSeconds * 1000;
  }

  async #fetch(prepare?: (generation: G) => Promise<void>): Promise<G> {
    try {
      const generation = await this.#options.fetch(this.#latest);
      await prepare?.(generation);
      if (this.#serving?.id === generation.id) this.#serving = generation;
      this.#latest = generation;
      this.#options.remember(generation);
      this.#failure = null;
      return generation;
    } catch (error) {
      this.#retryAtMs = this.#options.now() + RETRY_MS;
      this.#failure = error;
      throw error;
    }
  }
}

/** The refreshed generation when it comes in time, else the one at hand; a bug is not hidden. */
async function withinGrace<G>(refreshed: Promise<G>, atHand: G): Promise<G> {
  let timer: NodeJS.Timeout | undefined;
  const grace = new Promise<G>((done) => {
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

/** How long a stale answer waits for a fresh one. */
const GRACE_MS = 250;
const RETRY_MS = 60_000;
