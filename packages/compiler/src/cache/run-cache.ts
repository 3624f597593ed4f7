import { hash } from "node:crypto";
import type { CompilerConfig } from "../3-validate/generated/compiler-config.ts";
import type { MarkdownEngine } from "../2-parse/markdown-engine.ts";
import { type Components, PART_VERSIONS } from "./components.ts";
import { type FileCache, openFileCache } from "./file-cache.ts";
import type { World } from "./record-reads.ts";

/** Where a run remembers, and whom it tells. */
export interface CacheOptions {
  readonly folder: string;
  /** Takes a sentence for the user: the run goes on without what it could not read or write. */
  readonly warn: (message: string) => void;
}

export interface RunCacheInputs extends CacheOptions {
  readonly engine: Pick<MarkdownEngine, "id" | "version">;
  readonly config: CompilerConfig | null;
  readonly world: World;
}

/** The cache of a run; null when this program cannot tell its version, or the disk refuses. */
export function openRunCache(inputs: RunCacheInputs): FileCache | null {
  if (PART_VERSIONS === null) return null;
  const { passes } = PART_VERSIONS;
  const engine = `${inputs.engine.id} ${inputs.engine.version}`;
  const lint: Components = {
    engine,
    configuration: digestOf([inputs.config?.rules ?? null, inputs.config?.overrides ?? null]),
    day: inputs.world.today === undefined ? "unknown" : "known",
    ...passes.lint,
  };
  try {
    return openFileCache({
      folder: inputs.folder,
      components: { lint, structure: { engine, ...passes.structure } },
      world: inputs.world,
      warn: inputs.warn,
    });
  } catch (error) {
    inputs.warn(withoutCache(error));
    return null;
  }
}

/** Saves; a disk that refuses costs the next run its hits and nothing else. */
export function saveRunCache(cache: FileCache | null, warn: CacheOptions["warn"]): void {
  try {
    cache?.save();
  } catch (error) {
    warn(withoutCache(error));
  } finally {
    cache?.close();
  }
}

function withoutCache(error: unknown): string {
  return `The cache is not used: ${error instanceof Error ? error.message : String(error)}`;
}

function digestOf(value: unknown): string {
  return hash("sha256", JSON.stringify(value), "hex");
}
