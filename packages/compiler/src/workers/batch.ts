import type { SourceFile } from "../1-discover/source-file.ts";
import type { CompilerConfig } from "../3-validate/generated/compiler-config.ts";
import type { CompiledFile } from "../compile-file.ts";
import { type PartStore, storedPart, type ValueStore } from "../7-index/artifact.ts";
import type { FileSummary, SearchText } from "../7-index/file-summary.ts";

/** What a worker has to know of the run; the same for every batch. */
export interface BatchSetup {
  /** Tells one run from another in a worker that serves several. */
  readonly run: string;
  readonly engine: "satteri" | "remark";
  readonly config: CompilerConfig | null;
  readonly today: string | null;
  /** Every path of the tree. */
  readonly paths: readonly string[];
  /** Authors whose registry.json says what their entries are. */
  readonly listed: readonly string[];
}

/** Files for one worker, and what it makes of them, in the same order. */
export interface Batch {
  readonly setup: BatchSetup;
  readonly files: readonly SourceFile[];
}

/** A compiled file on its way between threads: one string of JSON, because trees of objects cost more to copy than to make. */
export interface SentFile {
  readonly json: string;
  /** Bytes of the AST; null for files that have none. */
  readonly ast: Uint8Array | null;
}

/** Packs a compiled file. */
export function packFile({ summary, ...rest }: CompiledFile): SentFile {
  const kept =
    summary === null ? null : { ...summary, ast: summary.ast.path, search: summary.search() };
  return { json: JSON.stringify({ ...rest, summary: kept }), ast: summary?.ast.bytes() ?? null };
}

/** Unpacks it on the other side; AST and search text go where those of files compiled here go. */
export function unpackFile(
  sent: SentFile,
  stores: { store: PartStore; values: ValueStore },
): CompiledFile {
  const { summary, ...rest } = JSON.parse(sent.json) as PackedFile;
  if (summary === null || sent.ast === null) return { ...rest, summary: null };
  const ast = storedPart(stores.store, summary.ast, sent.ast);
  return {
    ...rest,
    summary: { ...summary, ast, search: stores.values.put(summary.search, sent.json.length) },
  };
}

type PackedFile = Omit<CompiledFile, "summary"> & {
  readonly summary:
    | (Omit<FileSummary, "ast" | "search"> & { readonly ast: string; readonly search: SearchText })
    | null;
};
