import { byCodeUnit, type EntryRecord } from "@chub/registry";
import { skippedDiagnostics } from "./1-discover/skipped-diagnostics.ts";
import { type Discovered, type SourceFile, sizeOf } from "./1-discover/source-file.ts";
import { type AuthorRegistry, loadAuthorRegistries } from "./3-validate/author-registry.ts";
import type { EntryFacts } from "./3-validate/entry-facts.ts";
import type { CompilerConfig } from "./3-validate/generated/compiler-config.ts";
import { loadOwners } from "./3-validate/load-owners.ts";
import { loadProof } from "./3-validate/load-proof.ts";
import { loadRedirects } from "./3-validate/load-redirects.ts";
import type { Proof } from "./3-validate/generated/proof.ts";
import { lintProject } from "./4-lint/lint-project.ts";
import { withConfig } from "./4-lint/with-config.ts";
import {
  type Artifact,
  memoryStore,
  memoryValues,
  type PartStore,
  type ValueStore,
} from "./7-index/artifact.ts";
import { applyProof } from "./7-index/apply-proof.ts";
import { buildArtifact } from "./7-index/build-artifact.ts";
import { entryRecords } from "./7-index/entry-records.ts";
import type { PublishedFile } from "./7-index/published-file.ts";
import {
  type CompiledFile,
  compileFile,
  type FileContext,
  fileContextOf,
  type MadeParts,
} from "./compile-file.ts";
import { codeDigest } from "./5-extract/code-digest.ts";
import type { SyntaxChecker } from "./6-verify/check-syntax.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { orderDiagnostics } from "./diagnostics/order.ts";
import type { FileMemory } from "./file-memory.ts";

/** What a compilation depends on besides the files. */
export interface CompileInputs extends Pick<FileContext, "engine" | "countTokens"> {
  /** What chub.config.json says; null without one. */
  readonly config: CompilerConfig | null;
  /** Default: the languages that need no grammar. */
  readonly checkSyntax?: SyntaxChecker;
  /** ISO 8601 day for rules that know the future. Default: none, and they find nothing. No output depends on it. */
  readonly today?: string;
  /** Where the artifact will be served from; written into registry.json and llms.txt. */
  readonly baseUrl?: string;
  /** Whether to leave broken files out and build the rest. Default: any error means no artifact. */
  readonly keepGoing?: boolean;
  /** Where finished parts wait. Default: memory; an `OutputFolder` for trees that do not fit. */
  readonly store?: PartStore;
  /** Where texts wait for the index. Default: memory. */
  readonly values?: ValueStore;
  /** What earlier runs made of single files. */
  readonly memory?: FileMemory;
  /** Parts that were made elsewhere, by path of the file. The rest is made here. */
  readonly made?: ReadonlyMap<string, MadeParts>;
  /** Called after every file, for a progress display. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What a compilation gives. */
export interface Compilation {
  /** Null when there are errors and `keepGoing` is off. */
  readonly artifact: Artifact | null;
  /** Sorted by id; without those of broken files. */
  readonly entries: readonly EntryRecord[];
  /** In order, each once; the same that linting gives. */
  readonly diagnostics: readonly Diagnostic[];
  /** Paths of the files with errors, sorted. */
  readonly broken: readonly string[];
}

/**
 * Content in, artifact and diagnostics out: the whole journey.
 *
 * Pure: the same files and inputs give the same bytes, in whatever order the files come.
 * **Errors**: none for bad content, see `diagnostics`; a throw is a bug in the compiler.
 */
export function compile(discovered: Discovered, inputs: CompileInputs): Compilation {
  const run = startRun(discovered, inputs);
  const settings = loadSettings(run.files);
  const compiled = withProof(run, compileFiles(run, settings.registries), settings.proof);
  const facts = [...compiled, ...settings.registries].flatMap((found) => found.facts);
  const across = lintProject(facts, {
    ...settings,
    config: run.lint,
    paths: run.lint.surroundings.paths ?? run.paths,
    outlines: compiled.flatMap(({ outline }) => outline ?? []),
  });
  const around = withConfig([...skippedDiagnostics(discovered), ...settings.diagnostics], run.lint);
  const diagnostics = orderDiagnostics([
    ...compiled.flatMap((file) => file.diagnostics),
    ...around,
    ...across,
  ]);
  return finish(run, { compiled, settings, facts, diagnostics });
}

interface Run extends Omit<FileContext, "listed" | "memory">, Omit<CompileInputs, "checkSyntax"> {
  readonly files: readonly SourceFile[];
  readonly store: PartStore;
  readonly values: ValueStore;
}

function startRun(discovered: Discovered, inputs: CompileInputs): Run {
  const files = [...discovered.files].sort((a, b) => byCodeUnit(a.path, b.path));
  return {
    ...inputs,
    ...fileContextOf(files, inputs),
    store: inputs.store ?? memoryStore(),
    values: inputs.values ?? memoryValues,
    files,
  };
}

/** What files other than entries say about the tree. */
function loadSettings(files: readonly SourceFile[]) {
  const owners = loadOwners(files);
  const redirects = loadRedirects(files);
  const registries = loadAuthorRegistries(files);
  const proof = loadProof(files);
  return {
    proof: proof.value,
    owners: owners.value,
    redirects: redirects.value,
    registries: registries.value,
    diagnostics: [owners, redirects, registries, proof].flatMap(({ diagnostics }) => diagnostics),
  };
}

function compileFiles(run: Run, registries: readonly AuthorRegistry[]): readonly CompiledFile[] {
  // An author's own registry takes the place of the front matter in the author's folder.
  const listed = new Set(registries.map(({ author }) => author));
  const context = { ...run, listed };
  return run.files.map((source, index) => {
    const compiled = compileFile(source, context, run.made?.get(source.path));
    run.onProgress?.(index + 1, run.files.length);
    return compiled;
  });
}

/** What proof.json says is put over the files, whoever compiled them. */
function withProof(
  { store }: Run,
  compiled: readonly CompiledFile[],
  proof: Proof | null,
): readonly CompiledFile[] {
  if (proof === null) return compiled;
  const entries = compiled.flatMap(({ facts }) => facts);
  const packagesOf = (path: string): readonly string[] =>
    entries
      .filter(({ folder }) => path.startsWith(`${folder}/`))
      .reduce<EntryFacts | null>(deeper, null)?.packages ?? [];
  const context = { proof, store, codeDigest, packagesOf };
  return compiled.map((file) =>
    file.summary === null ? file : { ...file, summary: applyProof(file.summary, context) },
  );
}

function deeper(known: EntryFacts | null, other: EntryFacts): EntryFacts {
  return known === null || other.folder.length > known.folder.length ? other : known;
}

interface Findings {
  readonly compiled: readonly CompiledFile[];
  readonly settings: ReturnType<typeof loadSettings>;
  readonly facts: readonly EntryFacts[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The artifact of the files without errors; none at all when there are others and nobody asked to go on. */
function finish(run: Run, { compiled, settings, facts, diagnostics }: Findings): Compilation {
  const broken = new Set(
    diagnostics.filter(({ severity }) => severity === "error").map(({ file }) => file),
  );
  const files = run.files
    .filter(({ path }) => run.paths.has(path) && !broken.has(path))
    .map(publish);
  const sound = compiled
    .flatMap(({ summary }) => summary ?? [])
    .filter(({ path }) => !broken.has(path));
  const summaries = new Map(sound.map((summary) => [summary.path, summary]));
  const { owners, redirects } = settings;
  const kept = facts.filter(({ path }) => !broken.has(path));
  const entries = entryRecords({ entries: kept, files, summaries, owners });
  const complete = broken.size === 0 || run.keepGoing === true;
  const parts = { ...run, entries, files, summaries, redirects: redirects.redirects };
  return {
    artifact: complete ? buildArtifact(parts) : null,
    entries,
    diagnostics,
    broken: [...broken].sort(byCodeUnit),
  };
}

/** The bytes of a large tree are read again when they are needed, so they are asked for late. */
function publish(source: SourceFile): PublishedFile {
  const { path, sha256 } = source;
  return { path, sha256, size: sizeOf(source), bytes: () => source.bytes };
}
