import type { EntryRecord } from "@chub/registry";
import type { Discovered, SourceFile } from "./1-discover/source-file.ts";
import { type AuthorRegistry, loadAuthorRegistries } from "./3-validate/author-registry.ts";
import type { CompilerConfig } from "./3-validate/generated/compiler-config.ts";
import { loadOwners } from "./3-validate/load-owners.ts";
import { loadRedirects } from "./3-validate/load-redirects.ts";
import { type LintConfig, lintConfigOf } from "./4-lint/lint-config.ts";
import { lintProject } from "./4-lint/lint-project.ts";
import { withConfig } from "./4-lint/with-config.ts";
import { checkSyntax } from "./6-verify/check-syntax.ts";
import { type Artifact, memoryStore, type PartStore } from "./7-index/artifact.ts";
import { buildArtifact } from "./7-index/build-artifact.ts";
import { entryRecords } from "./7-index/entry-records.ts";
import { type CompiledFile, compileFile, type FileContext } from "./compile-file.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";

/** What a compilation depends on besides the files. */
export interface CompileInputs extends Pick<FileContext, "engine" | "countTokens"> {
  /** What chub.config.json says; null without one. */
  readonly config: CompilerConfig | null;
  /** ISO 8601 day for rules that know the future. Default: none, and they find nothing. No output depends on it. */
  readonly today?: string;
  /** Where the artifact will be served from; written into registry.json and llms.txt. */
  readonly baseUrl?: string;
  /** Whether to leave broken files out and build the rest. Default: any error means no artifact. */
  readonly keepGoing?: boolean;
  /** Where finished parts wait. Default: memory; an `OutputFolder` for trees that do not fit. */
  readonly store?: PartStore;
  /** Called after every Markdown file, for a progress display. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What a compilation gives. */
export interface Compilation {
  /** Null when there are errors and `keepGoing` is off. */
  readonly artifact: Artifact | null;
  /** Sorted by id; without those of broken files. */
  readonly entries: readonly EntryRecord[];
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
  const published = discovered.files.filter(isPublished).sort((a, b) => (a.path < b.path ? -1 : 1));
  const run = startRun(published, inputs);
  const settings = loadSettings(discovered.files);
  const compiled = compileFiles(run, settings.registries);
  const facts = [...compiled, ...settings.registries].flatMap((found) => found.facts);
  const findings = lintProject(facts, { ...run, ...settings, outlines: compiled.map(({ outline }) => outline), config: run.lint });
  const found = [...compiled.flatMap((file) => file.diagnostics), ...settings.diagnostics];
  const diagnostics = [...withConfig(found, run.lint), ...findings];

  const broken = new Set(diagnostics.filter(({ severity }) => severity === "error").map(({ file }) => file));
  const sound = compiled.filter(({ outline }) => !broken.has(outline.path));
  const files = published.filter(({ path }) => !broken.has(path));
  const summaries = new Map(sound.map(({ summary }) => [summary.path, summary]));
  const entries = entryRecords({ entries: facts.filter(({ path }) => !broken.has(path)), files, summaries, owners: settings.owners });
  const artifact =
    broken.size > 0 && inputs.keepGoing !== true
      ? null
      : buildArtifact({ ...run, entries, files, summaries, redirects: settings.redirects.redirects, asts: sound.map(({ ast }) => ast) });
  return { artifact, entries, diagnostics, broken: [...broken].sort() };
}

/** Everything in an author's folder but the index the author brings; files at the root configure the build. */
function isPublished({ path }: SourceFile): boolean {
  return path.includes("/") && !/^[^/]+\/registry\.json$/.test(path);
}

interface Run extends FileContext, CompileInputs {
  readonly lint: LintConfig;
  readonly published: readonly SourceFile[];
  readonly store: PartStore;
}

function startRun(published: readonly SourceFile[], inputs: CompileInputs): Run {
  const paths = new Set(published.map(({ path }) => path));
  const today = inputs.today === undefined ? {} : { today: inputs.today };
  const lint = lintConfigOf(inputs.config, { ...today, paths, checkSyntax });
  return { ...inputs, store: inputs.store ?? memoryStore(), published, paths, lint };
}

/** What files other than Markdown say about the tree. */
function loadSettings(files: readonly SourceFile[]) {
  const owners = loadOwners(files);
  const redirects = loadRedirects(files);
  const registries = loadAuthorRegistries(files);
  return {
    owners: owners.value,
    redirects: redirects.value,
    registries: registries.value,
    diagnostics: [...owners.diagnostics, ...redirects.diagnostics, ...registries.diagnostics],
  };
}

function compileFiles(run: Run, registries: readonly AuthorRegistry[]): CompiledFile[] {
  // An author's own registry takes the place of the front matter in the author's folder.
  const listed = new Set(registries.map(({ author }) => author));
  const documents = run.published.filter(({ path }) => path.endsWith(".md"));
  return documents.map((source, index) => {
    const compiled = compileFile(source, { ...run, listed: listed.has(source.path.slice(0, source.path.indexOf("/"))) });
    run.onProgress?.(index + 1, documents.length);
    return compiled;
  });
}
