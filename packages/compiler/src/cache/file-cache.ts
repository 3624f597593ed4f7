import type { SourceFile } from "../1-discover/source-file.ts";
import type { FileMemory, Pass, PassResult, Reads, Recalled } from "../file-memory.ts";
import type { Components } from "./components.ts";
import { openPackFolder, type PackFolder, type Remembered } from "./pack-folder.ts";
import { changedRead, type World } from "./record-reads.ts";

/** A memory in the files of a folder. */
export interface FileCache extends FileMemory {
  /** Files that a pass need not look at. */
  hits(pass: Pass): number;
  /** Why a pass had to look at a file, by path. */
  misses(pass: Pass): ReadonlyMap<string, string>;
  /** What the results of a pass say of the day; null when some cannot be remembered. */
  days(pass: Pass): Days | null;
  /** Writes what is new. */
  save(): void;
  close(): void;
}

/** Days that results depend on, ISO 8601. */
export interface Days {
  /** The last that was asked for and is not in the future; empty when none was. */
  readonly past: string;
  /** The first that was asked for and is in the future. */
  readonly future: string | null;
  /** The day of the run, when a result depends on it. */
  readonly today: string | null;
}

export interface FileCacheOptions {
  readonly folder: string;
  /** Versions of what makes the results of each pass. */
  readonly components: Readonly<Record<Pass, Components>>;
  /** What stands around the files in this run. */
  readonly world: World;
  /** Takes one warning at most. */
  readonly warn: (message: string) => void;
}

/**
 * Opens the cache of single files. Results count for the same bytes, made by the same components, as long as whatever
 * else was read gives the same answers; times of files say nothing.
 *
 * **Errors**: those of the file system; damaged files are a warning and not there.
 */
export function openFileCache({ folder, components, world, warn }: FileCacheOptions): FileCache {
  let warned = false;
  const onDamage = (path: string): void => {
    if (!warned) warn(`Cache file ${path} is damaged; what it held is made again.`);
    warned = true;
  };
  const passes = new Map<Pass, PassCache>();
  const passOf = (pass: Pass): PassCache => {
    let opened = passes.get(pass);
    if (opened === undefined) {
      const packs = { folder, name: pass, components: components[pass], limit: LIMITS[pass] };
      opened = new PassCache(openPackFolder({ ...packs, onDamage }), components[pass], world);
      passes.set(pass, opened);
    }
    return opened;
  };
  return {
    recall: (pass, source) => passOf(pass).recall(source),
    remember: (pass, source, result) => passOf(pass).remember(source, result),
    hits: (pass) => passes.get(pass)?.hits ?? 0,
    misses: (pass) => passes.get(pass)?.misses ?? new Map(),
    days: (pass) => passes.get(pass)?.days ?? null,
    save: () => passes.forEach((pass) => pass.packs.save()),
    close: () => passes.forEach((pass) => pass.packs.close()),
  };
}

type Key = Pick<SourceFile, "path" | "sha256">;

class PassCache {
  readonly packs: PackFolder;
  readonly misses = new Map<string, string>();
  readonly #components: Components;
  readonly #world: World;
  /** What counts, by path; the bytes are read again when they are asked for again. */
  readonly #recalled = new Map<string, Remembered>();
  readonly #remembered = new Set<string>();
  #days: Days = { past: "", future: null, today: null };

  constructor(packs: PackFolder, components: Components, world: World) {
    this.packs = packs;
    this.#components = components;
    this.#world = world;
  }

  get hits(): number {
    return this.#recalled.size;
  }

  recall(source: Key): Recalled | null {
    const known = this.#recalled.get(source.path);
    if (known !== undefined) return recalled(known);
    if (this.misses.has(source.path)) return null;
    let reason = "new file";
    for (const candidate of this.packs.find(source.path)) {
      const problem = this.#problemOf(candidate, source);
      if (problem === null) {
        const found = recalled(candidate);
        if (found !== null) {
          this.#recalled.set(source.path, candidate);
          this.#note(candidate.reads);
          return found;
        }
      }
      // The first candidate is the latest one: why that one does not count is the answer.
      if (reason === "new file") reason = problem ?? "damaged cache";
    }
    this.misses.set(source.path, reason);
    return null;
  }

  remember({ path, sha256 }: Key, result: PassResult): void {
    this.packs.add({ path, sha256 }, result);
    this.#remembered.add(path);
    this.#note(result.reads);
  }

  /** Null when a result could not be remembered: nobody knows what it read. */
  get days(): Days | null {
    for (const path of this.misses.keys()) if (!this.#remembered.has(path)) return null;
    return this.#days;
  }

  #note({ past, future, today }: Reads): void {
    const days = this.#days;
    this.#days = {
      past: past === undefined || days.past > past ? days.past : past,
      future:
        future === undefined || (days.future !== null && days.future < future)
          ? days.future
          : future,
      today: today ?? days.today,
    };
  }

  #problemOf({ sha256, components, reads }: Remembered, source: Key): string | null {
    if (sha256 !== source.sha256) return "other content";
    return (
      changedComponent(components, this.#components) ?? changedRead(source.path, reads, this.#world)
    );
  }
}

/** Checks the bytes at once, and keeps them only when they are few: the text of a large tree is read again. */
function recalled(candidate: Remembered): Recalled | null {
  const slices = candidate.slices();
  if (slices === null) return null;
  const { reads } = candidate;
  const size = slices.reduce((sum, { length }) => sum + length, 0);
  if (size <= MOST_KEPT) return { reads, slices: slices.map((slice) => () => slice) };
  const late = slices.map((_, index) => () => {
    const again = candidate.slices();
    if (again === null) throw new Error("A cache file changed while it was read");
    return again[index]!;
  });
  return { reads, slices: late };
}

/** The first component with another version, for a person to read; null when all are the same. */
function changedComponent(before: Components, now: Components): string | null {
  if (before === now) return null;
  for (const name in now)
    if (before[name] !== now[name])
      return before[name] === undefined ? `${name} is new` : `another ${name}`;
  for (const name in before) if (now[name] === undefined) return `${name} is gone`;
  return null;
}

const LIMITS: Readonly<Record<Pass, number>> = {
  lint: 512 * 1024 * 1024,
  structure: 2 * 1024 * 1024 * 1024,
};
const MOST_KEPT = 4 * 1024;
