import type ts from "typescript";
import type { CodeDocument, ErrorClass, TypesVerdict } from "./code-document.ts";
import { compilerOptions, type Strictness } from "./compiler-options.ts";
import { ofSymbol, symbolAt } from "./concerns-package.ts";
import type { PackageEnvironment } from "./environment.ts";
import { type BlockModule, documentModules } from "./block-modules.ts";
import { type JudgedError, type JudgeContext, judgeError } from "./refine-error.ts";
import { programHost, type HostFiles } from "./program-host.ts";
import type { TypeScript } from "./typescript-api.ts";

/** What a check needs besides the documents. */
export interface CheckContext extends HostFiles {
  readonly api: TypeScript;
  readonly environment: PackageEnvironment;
}

/**
 * What the types of the packages say of every block of some documents, in one program.
 *
 * Pure but for the files that the host reads. **Shape**: one list a document, one verdict a snippet, in order.
 * A fault counts when it is one with and without strict checks, and under every declaration that a name can mean.
 */
export function checkDocuments(
  documents: readonly CodeDocument[],
  context: CheckContext,
): readonly (readonly TypesVerdict[])[] {
  const modules = documents.flatMap((document, index) =>
    documentModules(document, { api: context.api, folder: `/d/${index}`, choice: 0 }),
  );
  const first = checkModules(modules, "strict", context);
  const suspects = modules.filter((module) => first.get(module)!.errors.some(isDrift));
  const loose = checkModules(suspects, "loose", { ...context, others: modules });
  const doubted = suspects.filter((module) => confirmed(module, first, loose).length > 0);
  const cleared = clearedByOthers(doubted, documents, context);
  return documents.map((document, index) =>
    modules
      .filter(({ folder }) => folder === `/d/${index}`)
      .map((module) =>
        verdictOf(module, first.get(module)!, {
          errors: cleared.has(module) ? [] : confirmed(module, first, loose),
          context,
          document,
        }),
      ),
  );
}

/** What one program says of one block. */
interface Checked {
  readonly errors: readonly JudgedError[];
  /** Id of the first package that the code uses. */
  readonly uses: string | null;
}

function checkModules(
  modules: readonly BlockModule[],
  strictness: Strictness,
  context: CheckContext & { readonly others?: readonly BlockModule[] },
): ReadonlyMap<BlockModule, Checked> {
  if (modules.length === 0) return new Map();
  const { api, environment } = context;
  const texts = new Map(
    [...(context.others ?? []), ...modules].map(({ path, text }) => [path, text]),
  );
  const { host, files, globals } = programHost(texts, context);
  const options = compilerOptions(api, { strictness, globals });
  const program = api.createProgram({
    rootNames: modules.map(({ path }) => path),
    options,
    host,
  });
  const roots = new Map(environment.roots.map(({ name, types }) => [name, types]));
  const judge: JudgeContext = {
    api,
    roots,
    checker: program.getTypeChecker(),
    packageAt: (path) => {
      const id = files.packageAt(path);
      return id === null || BASE.has(environment.packages[id]!.name) ? null : id;
    },
  };
  return new Map(modules.map((module) => [module, checkModule(module, program, judge)]));
}

function checkModule(module: BlockModule, program: ts.Program, judge: JudgeContext): Checked {
  const file = program.getSourceFile(module.path)!;
  const errors = program
    .getSemanticDiagnostics(file)
    .filter((error): error is ts.DiagnosticWithLocation => isInCode(error, module))
    .map((error) => judgeError(error, judge));
  return { errors, uses: firstPackageUsed(file, module, judge) };
}

function isInCode({ start }: ts.Diagnostic, { codeStart, codeEnd }: BlockModule): boolean {
  return start !== undefined && start >= codeStart && start <= codeEnd;
}

function firstPackageUsed(
  file: ts.SourceFile,
  { codeStart }: BlockModule,
  judge: JudgeContext,
): string | null {
  let found: string | null = null;
  const visit = (node: ts.Node): void => {
    if (found !== null || node.end <= codeStart) return;
    const { api } = judge;
    if (api.isIdentifier(node) || api.isStringLiteralLike(node))
      found = ofSymbol(symbolAt(node, judge), judge);
    else api.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isDrift(error: JudgedError): boolean {
  return error.class === "drift";
}

/** The drift of the strict program that the loose one has too. */
function confirmed(
  module: BlockModule,
  strict: ReadonlyMap<BlockModule, Checked>,
  loose: ReadonlyMap<BlockModule, Checked>,
): readonly JudgedError[] {
  const others = loose.get(module)?.errors ?? [];
  return (strict.get(module)?.errors ?? []).filter(
    (error) => isDrift(error) && others.some(({ start }) => start === error.start),
  );
}

/** Blocks that are sound when a name with several declarations means another of them. */
function clearedByOthers(
  doubted: readonly BlockModule[],
  documents: readonly CodeDocument[],
  context: CheckContext,
): ReadonlySet<BlockModule> {
  const cleared = new Set<BlockModule>();
  for (let choice = 1; choice <= MOST_CHOICES; choice += 1) {
    const open = doubted.filter((module) => module.ambiguous && !cleared.has(module));
    if (open.length === 0) break;
    const others = documents.flatMap((document, index) =>
      documentModules(document, { api: context.api, folder: `/d/${index}`, choice }),
    );
    const tried = others.filter(({ path }) => open.some((module) => module.path === path));
    const checked = checkModules(tried, "strict", { ...context, others });
    for (const [module, { errors }] of checked) {
      if (errors.some(isDrift)) continue;
      cleared.add(open.find(({ path }) => path === module.path)!);
    }
  }
  return cleared;
}

function verdictOf(
  module: BlockModule,
  { errors: all, uses }: Checked,
  {
    errors,
    context,
  }: { errors: readonly JudgedError[]; context: CheckContext; document: CodeDocument },
): TypesVerdict {
  const [error] = errors;
  const packageId = error?.packageId ?? uses;
  return {
    index: module.index,
    outcome: error !== undefined ? "failed" : uses === null ? "unrelated" : "passed",
    ...(packageId !== null && { packageName: rootNameOf(packageId, context.environment) }),
    ...(error !== undefined && { error: errorOf(error, module) }),
    codes: all.map(({ code }) => code),
    counts: countsOf(all, errors.length),
  };
}

function errorOf({ code, message, start }: JudgedError, module: BlockModule) {
  const before = module.text.slice(module.codeStart, start);
  const lineStart = before.lastIndexOf("\n") + 1;
  return {
    code,
    message,
    line: before.split("\n").length,
    column: before.length - lineStart + 1,
  };
}

/** Drift that was not confirmed is a matter of strictness. */
function countsOf(errors: readonly JudgedError[], drift: number): Record<ErrorClass, number> {
  const context = errors.filter((error) => error.class === "context").length;
  return { drift, context, style: errors.length - context - drift };
}

/** The package asked for that brought a package along. */
function rootNameOf(id: string, { roots, packages }: PackageEnvironment): string {
  const direct = roots.find(({ types }) => types === id);
  if (direct !== undefined) return direct.name;
  const owner = roots.find(
    ({ types, name }) => !BASE.has(name) && reaches(types, id, packages, new Set()),
  );
  return owner?.name ?? packages[id]!.name;
}

function reaches(
  from: string,
  to: string,
  packages: PackageEnvironment["packages"],
  seen: Set<string>,
): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return Object.values(packages[from]?.dependencies ?? {}).some((next) =>
    reaches(next, to, packages, seen),
  );
}

/** What every program has: not what a document documents. */
const BASE: ReadonlySet<string> = new Set(["@types/node", "undici-types"]);
const MOST_CHOICES = 3;
