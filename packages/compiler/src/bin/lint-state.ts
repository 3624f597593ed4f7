import type { LintedSource } from "../linted-source.ts";
import type { Discovered, SourceFile } from "../1-discover/source-file.ts";
import { listedAuthors } from "../3-validate/author-registry.ts";
import { changedRead, type World, worldOf } from "../cache/record-reads.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { failedFile, failureOf } from "../failed-file.ts";
import type { FileMemory, Reads } from "../file-memory.ts";
import {
  configOf,
  lintContent,
  type LintInputs,
  lintRecorded,
  type LintSourceContext,
} from "../lint-content.ts";
import { unpackLinted } from "../pass-results.ts";

/** What is known of the files of a tree between two looks at it. */
export interface LintState {
  worldOf(discovered: Discovered): World;
  /** Takes what an earlier run found. */
  fill(discovered: Discovered, memory: FileMemory): void;
  /** Findings in the whole tree, and the files that had to be looked at. */
  lint(discovered: Discovered): Promise<{
    readonly found: readonly Diagnostic[];
    readonly changed: ReadonlySet<string>;
  }>;
}

interface KnownFile {
  readonly sha256: string;
  readonly linted: LintedSource;
  /** Null when nobody can say whether it still holds. */
  readonly reads: Reads | null;
}

/** `prepare` loads what files need before they are looked at. */
export function createLintState(
  inputs: LintInputs,
  prepare: (files: readonly SourceFile[]) => Promise<unknown>,
): LintState {
  let known = new Map<string, KnownFile>();
  const around = ({ files }: Discovered): World =>
    worldOf({
      paths: new Set(files.map(({ path }) => path)),
      listed: new Set(listedAuthors(files)),
      today: inputs.today,
    });
  const holds = (file: SourceFile, world: World): boolean => {
    const before = known.get(file.path);
    if (before === undefined || before.reads === null) return false;
    return before.sha256 === file.sha256 && changedRead(file.path, before.reads, world) === null;
  };
  return {
    worldOf: around,
    fill({ files }, memory) {
      for (const { path, sha256 } of files) {
        const recalled = memory.recall("lint", { path, sha256 });
        if (recalled === null) continue;
        const { slices, reads } = recalled;
        // Copied out of the cache file, which is closed before they are read.
        const kept = slices.map((slice) => Buffer.from(slice()));
        known.set(path, { sha256, reads, linted: unpackLinted(kept.map((bytes) => () => bytes)) });
      }
    },
    async lint(discovered) {
      const world = around(discovered);
      const config = configOf(discovered.files, inputs);
      const context = { config, engine: inputs.engine, listed: world.listed };
      const changed = discovered.files.filter((file) => !holds(file, world));
      await prepare(changed);
      const looked = new Map(changed.map((file) => [file.path, look(file, context)]));
      known = new Map(
        discovered.files.map(({ path }) => [path, looked.get(path) ?? known.get(path)!]),
      );
      return {
        found: lintContent(discovered, { ...inputs, made: known }),
        changed: new Set(looked.keys()),
      };
    },
  };
}

function look(file: SourceFile, context: LintSourceContext): KnownFile {
  const { sha256 } = file;
  try {
    return { sha256, ...lintRecorded(file, context) };
  } catch (error) {
    return { sha256, linted: failedFile(file, failureOf(error)), reads: null };
  }
}
