import type { SourceFile } from "../1-discover/source-file.ts";
import type { CompilerConfig } from "../3-validate/generated/compiler-config.ts";
import type { Pass, Reads } from "../file-memory.ts";

/** What a worker has to know of the run; the same for every batch. */
export interface BatchSetup {
  /** Tells one run from another in a worker that serves several. */
  readonly run: string;
  readonly engine: EngineChoice;
  readonly config: CompilerConfig | null;
  readonly today: string | null;
  /** Whether anybody asks for token counts: the vocabulary takes longer to load than most trees take to lint. */
  readonly countsTokens: boolean;
  /** Every path of the tree. */
  readonly paths: readonly string[];
  /** Authors whose registry.json says what their entries are. */
  readonly listed: readonly string[];
}

/** A Markdown engine by name, or by the path of a module that exports `loadEngine`: an engine that is not ours. */
export type EngineChoice = "satteri" | "remark" | { readonly module: string };

/** A file and the passes it needs. */
export interface Task {
  readonly source: SourceFile;
  readonly passes: readonly Pass[];
}

/** Files for one worker. */
export interface Batch {
  readonly setup: BatchSetup;
  readonly tasks: readonly Task[];
}

/**
 * What a worker makes of a file. Bytes, because trees of objects cost more to copy between threads than to make; they
 * are also what the memory keeps.
 */
export interface SentFile extends Partial<Record<Pass, SentPass>> {
  /** Why nothing was made of it. */
  readonly failed?: string;
}

export interface SentPass {
  readonly slices: readonly Uint8Array[];
  /** Null when the result must not be remembered. */
  readonly reads: Reads | null;
}
