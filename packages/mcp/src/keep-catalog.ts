import { isChubError, type Catalog, type OpenedCatalog } from "@chub/registry";

/** An open catalog, as far as it is kept here. */
type Opened = Catalog & Pick<OpenedCatalog, "close">;

export interface KeeperPorts {
  /** Errors: ChubError CONFIG, NO_DATA, INTEGRITY. */
  readonly open: () => Promise<Opened>;
  /** Milliseconds that only go forward. */
  readonly now: () => number;
  /** Runs something once, later; a program that ends does not wait for it. */
  readonly later: (work: () => void, delayMs: number) => void;
  /** Called after the sources were found to hold something else. */
  readonly changed: () => void;
}

export interface KeptCatalog {
  /** The sources as they are, at most `REFRESH_MS` behind. Errors: those of opening, when nothing was opened before. */
  current(): Promise<Catalog>;
  /** Looks whether the sources changed, without waiting for a question. */
  refresh(): Promise<void>;
}

/**
 * Keeps a catalog open over the life of a server and notices when its sources are built or updated again.
 *
 * Questions never wait for the look at the sources. One that fails because the files under an open
 * catalog were replaced is asked again of the new one.
 */
export function keepCatalog(ports: KeeperPorts): KeptCatalog {
  let generation: Promise<Generation> | null = null;
  let refreshing: Promise<void> | null = null;

  function first(): Promise<Generation> {
    const opening = openGeneration();
    generation = opening;
    opening.catch(() => {
      if (generation === opening) generation = null;
    });
    return opening;
  }

  async function openGeneration(): Promise<Generation> {
    const opened = await ports.open();
    return {
      opened,
      facade: retrying(opened, replacement),
      state: stateOf(opened),
      checkedAt: ports.now(),
    };
  }

  /** The catalog in the place of a failed one, or null when nothing changed. */
  async function replacement(failed: Opened): Promise<Opened | null> {
    await refresh();
    const { opened } = await (generation ?? first());
    return opened === failed ? null : opened;
  }

  function refresh(): Promise<void> {
    refreshing ??= look().finally(() => {
      refreshing = null;
    });
    return refreshing;
  }

  async function look(): Promise<void> {
    if (generation === null) return;
    const old = await generation;
    const fresh = await openGeneration();
    if (fresh.state === old.state) {
      old.checkedAt = fresh.checkedAt;
      await fresh.opened.close();
      return;
    }
    generation = Promise.resolve(fresh);
    ports.later(() => void old.opened.close(), CLOSE_AFTER_MS);
    ports.changed();
  }

  return {
    refresh,
    async current() {
      const { facade, checkedAt } = await (generation ?? first());
      if (ports.now() - checkedAt >= REFRESH_MS) refresh().catch(ignoreUntilAsked);
      return facade;
    },
  };
}

interface Generation {
  readonly opened: Opened;
  readonly facade: Catalog;
  /** Equal as long as the sources hold the same. */
  readonly state: string;
  checkedAt: number;
}

/** What the sources hold; when they were last asked does not belong to it. */
function stateOf(catalog: Catalog): string {
  const held = catalog
    .sources()
    .map(({ name, entries, digest, problem }) => [name, entries, digest, problem?.code]);
  return JSON.stringify(held);
}

/** The catalog, except that a question is asked once more when its files turn out to be replaced. */
function retrying(
  opened: Opened,
  replacement: (failed: Opened) => Promise<Opened | null>,
): Catalog {
  async function ask<Answer>(question: (catalog: Catalog) => Promise<Answer>): Promise<Answer> {
    try {
      return await question(opened);
    } catch (error) {
      if (!isChubError(error) || !REPLACED.has(error.code) || !hasLocal(opened)) throw error;
      const other = await replacement(opened);
      if (other === null) throw error;
      return question(other);
    }
  }
  return {
    search: (request) => ask((catalog) => catalog.search(request)),
    get: (request) => ask((catalog) => catalog.get(request)),
    outline: (request) => ask((catalog) => catalog.outline(request)),
    list: (request) => ask((catalog) => catalog.list(request)),
    resolve: (request) => ask((catalog) => catalog.resolve(request)),
    sources: () => opened.sources(),
  };
}

/** Remote sources notice by themselves that they changed, and asking an unreachable one twice takes twice as long. */
function hasLocal(catalog: Catalog): boolean {
  return catalog.sources().some(({ kind }) => kind === "path" || kind === "embedded");
}

/** A failed look leaves the open catalog in use; a question that needs what is gone tells the failure. */
function ignoreUntilAsked(): void {}

/** How errors look when the files of an open catalog were replaced under it. */
const REPLACED: ReadonlySet<string> = new Set(["INTEGRITY", "NO_DATA", "LOCAL_IO"]);
const REFRESH_MS = 10_000;
/** Longer than any question takes. */
const CLOSE_AFTER_MS = 60_000;
