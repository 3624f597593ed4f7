import type { BlockVerification } from "@chub/registry";
import type { Discovered } from "../1-discover/source-file.ts";
import type { MarkdownEngine } from "../2-parse/markdown-engine.ts";
import type { SyntaxChecker } from "../6-verify/check-syntax.ts";
import { mergeTypes } from "../6-verify/merge-types.ts";
import type { CodeDocument, TypesVerdict } from "../6-verify/types/code-document.ts";
import { snippetsOf } from "../6-verify/types/document-code.ts";
import type { PackageEnvironment, WantedPackage } from "../6-verify/types/environment.ts";
import { lockName, npmPackageUrl } from "../6-verify/wanted-packages.ts";
import { type CodeFile, entryOf, readCodeFiles } from "./code-files.ts";
import { packagesOf } from "./infer-packages.ts";
import type { ProofWorld } from "./proof-world.ts";
import { verdictKey } from "./verdict-cache.ts";

export interface ProveOptions {
  readonly engine: MarkdownEngine;
  readonly checkSyntax: SyntaxChecker;
  /** Which files to check; the others only lend their code to companions. */
  readonly isSelected: (path: string) => boolean;
  readonly world: ProofWorld;
  /** Lines `name@version integrity` by the packages they were chosen for, from an earlier proof. */
  readonly locks: ReadonlyMap<string, readonly string[]>;
  /** Other versions to check against, instead of those of the documents; for `drift`. */
  readonly replaced?: (wanted: readonly WantedPackage[]) => Promise<readonly WantedPackage[]>;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What is proved about the code of one file. */
export interface ProvenFile {
  readonly file: CodeFile;
  /** Packages that it was checked against. */
  readonly wanted: readonly WantedPackage[];
  /** Null when no types were checked. */
  readonly environment: PackageEnvironment | null;
  /** One for each block, places in the file. */
  readonly verification: readonly BlockVerification[];
  /** Whether the checker hung or ended on this file. */
  readonly unfinished: boolean;
  /** Whether the verdicts were known already. */
  readonly cached: boolean;
}

/**
 * Checks the code of a content tree: syntax here, types in processes of their own, known verdicts not again.
 *
 * **Shape**: one for each selected Markdown file, by path.
 * **Errors**: ChubError NO_DATA when a package is not in the store and the registry cannot be reached, INTEGRITY, LOCAL_IO.
 */
export async function proveContent(
  discovered: Discovered,
  options: ProveOptions,
): Promise<readonly ProvenFile[]> {
  const files = readCodeFiles(discovered.files, options);
  const selected = files.filter(({ path }) => options.isSelected(path));
  const tasks = await typesTasks(selected, files, options);
  const answers = await answersFor(tasks, options);
  return selected.map((file) => provenFile(file, { task: tasks.get(file), answers, options }));
}

/** A file whose types can be checked. */
interface TypesTask {
  readonly document: CodeDocument;
  readonly wanted: readonly WantedPackage[];
  readonly environment: PackageEnvironment;
  readonly key: string;
}

async function typesTasks(
  selected: readonly CodeFile[],
  all: readonly CodeFile[],
  options: ProveOptions,
): Promise<ReadonlyMap<CodeFile, TypesTask>> {
  const { world, locks, replaced } = options;
  const tasks = await Promise.all(
    selected.map(async (file): Promise<readonly [CodeFile, TypesTask] | null> => {
      const snippets = snippetsOf(file.code, file.syntax);
      const entry = entryOf(file, all);
      if (snippets.length === 0 || entry === null) return null;
      const documented = await packagesOf(entry, world.exists);
      const wanted = (await replaced?.(documented)) ?? documented;
      if (wanted.length === 0) return null;
      const environment = await world.environment(wanted, locks.get(lockName(wanted)) ?? []);
      const background = entry === file ? [] : snippetsOf(entry.code, entry.syntax);
      const document = { path: file.path, snippets, background };
      const key = verdictKey(document, environment, world.tool);
      return [file, { document, wanted, environment, key }];
    }),
  );
  return new Map(tasks.filter((task) => task !== null));
}

interface Answer {
  /** Null when the checker did not finish. */
  readonly verdicts: readonly TypesVerdict[] | null;
  readonly cached: boolean;
}

/** By key; files with the same code and packages share one. */
async function answersFor(
  tasks: ReadonlyMap<CodeFile, TypesTask>,
  { world, onProgress }: ProveOptions,
): Promise<ReadonlyMap<string, Answer>> {
  const answers = new Map<string, Answer>();
  const groups = new Map<string, TypesTask[]>();
  for (const task of tasks.values()) {
    if (answers.has(task.key) || !hasPackages(task.environment)) continue;
    const verdicts = world.cache.read(task.key);
    if (verdicts !== null) answers.set(task.key, { verdicts, cached: true });
    else groups.set(groupOf(task), [...(groups.get(groupOf(task)) ?? []), task]);
  }
  const open = [...groups.values()];
  let done = 0;
  const total = open.flat().length;
  const checked = await world.check(
    open.map((group) => ({
      environment: group[0]!.environment,
      documents: group.map(({ document }) => document),
    })),
    (documents) => onProgress?.((done += documents), total),
  );
  open.forEach((group, i) => {
    group.forEach(({ key }, j) => {
      const verdicts = checked[i]?.[j] ?? null;
      answers.set(key, { verdicts, cached: false });
      if (verdicts !== null) world.cache.write(key, verdicts);
    });
  });
  return answers;
}

/** Documents with the same packages make one program, but not one that declares global names beside others. */
function groupOf({ document, wanted }: TypesTask): string {
  const isGlobal = document.snippets.some(({ code }) =>
    /\bdeclare\s+(?:global|module)\b/.test(code),
  );
  return `${lockName(wanted)}${isGlobal ? ` ${document.path}` : ""}`;
}

function hasPackages({ roots }: PackageEnvironment): boolean {
  return roots.some(({ name }) => name !== "@types/node");
}

function provenFile(
  file: CodeFile,
  {
    task,
    answers,
    options,
  }: {
    task: TypesTask | undefined;
    answers: ReadonlyMap<string, Answer>;
    options: ProveOptions;
  },
): ProvenFile {
  const answer = task === undefined ? undefined : answers.get(task.key);
  const proven = {
    file,
    wanted: task?.wanted ?? [],
    environment: task?.environment ?? null,
    verification: file.syntax,
    unfinished: false,
    cached: answer?.cached ?? true,
  };
  if (task === undefined || answer === undefined) return proven;
  const { verdicts } = answer;
  if (verdicts === null) {
    return { ...proven, unfinished: true, verification: unfinished(file, task.document) };
  }
  const evidence = {
    tool: options.world.tool,
    lines: file.lines,
    packages: evidenceOf(task.environment),
  };
  const byIndex = new Map(verdicts.map((verdict) => [verdict.index, verdict]));
  const verification = file.code.map((block, index) => {
    const verdict = byIndex.get(block.index);
    const syntax = file.syntax[index]!;
    return verdict === undefined ? syntax : mergeTypes(block, syntax, { verdict, evidence });
  });
  return { ...proven, verification };
}

function evidenceOf({ roots, packages }: PackageEnvironment) {
  return new Map(
    roots.map(({ name, version, types }) => [
      name,
      { url: npmPackageUrl({ name, version }), integrity: packages[types]!.integrity },
    ]),
  );
}

function unfinished(file: CodeFile, { snippets }: CodeDocument): readonly BlockVerification[] {
  const indexes = new Set(snippets.map(({ index }) => index));
  return file.syntax.map((syntax, index) =>
    indexes.has(file.code[index]!.index)
      ? { status: "skipped", checks: syntax.checks, message: "The type checker did not finish" }
      : syntax,
  );
}
