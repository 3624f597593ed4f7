import type ts from "typescript";
import { type Declaration, freeNames, namesDeclaredBy } from "./names.ts";
import type { ParsedSnippet } from "./parse-snippet.ts";
import type { TypeScript } from "./typescript-api.ts";

/** What stands before the code of a block so that it means what it means in its document. */
export interface Prelude {
  readonly text: string;
  /** Whether a name has several declarations in the document, so that another one may be meant. */
  readonly ambiguous: boolean;
}

export interface PreludeContext {
  readonly api: TypeScript;
  /** Blocks that may declare a name that the block at `position` uses, the likeliest first. */
  readonly before: (position: number) => readonly ParsedSnippet[];
  /** Which declaration of a name is taken when there are several: 0 is the likeliest. */
  readonly choice: number;
}

/**
 * The declarations of other blocks that a block needs, in document order.
 *
 * For every name that it uses and does not declare: the statement that declares it, and what that one needs in turn.
 * Names that come along and are not wanted are renamed, so that they hide nothing.
 */
export function preludeOf(snippet: ParsedSnippet, context: PreludeContext): Prelude {
  const run: Carrying = { context, owners: new Map(), statements: new Map(), ambiguous: false };
  if (snippet.carry === "nothing") return { text: "", ambiguous: false };
  carry(snippet.free, snippet, run);
  const own = new Set(snippet.declarations.flatMap(({ names }) => names));
  const text = [...run.statements.values()]
    .sort((a, b) => a.snippet.position - b.snippet.position || a.place - b.place)
    .map((carried) => textOf(carried, { own, run }))
    .join("\n");
  return { text: text === "" ? "" : `${text}\n`, ambiguous: run.ambiguous };
}

interface Carrying {
  readonly context: PreludeContext;
  /** The statements that a name is taken from: a constant and a type may share one. */
  readonly owners: Map<string, ReadonlySet<ts.Statement>>;
  readonly statements: Map<ts.Statement, Carried>;
  ambiguous: boolean;
}

interface Carried {
  readonly snippet: ParsedSnippet;
  readonly declaration: Declaration;
  /** Order within its block. */
  readonly place: number;
}

function carry(names: ReadonlySet<string>, from: ParsedSnippet, run: Carrying): void {
  for (const name of names) {
    if (run.owners.has(name)) continue;
    const found = declarationsOf(name, from, run);
    if (found.length === 0) continue;
    run.owners.set(name, new Set(found.map(({ declaration }) => declaration.statement)));
    for (const carried of found) {
      const { statement } = carried.declaration;
      if (run.statements.has(statement)) continue;
      run.statements.set(statement, carried);
      carry(freeNames(statement, run.context.api), carried.snippet, run);
    }
  }
}

/** The declarations of a name in the likeliest block. What a carried statement needs may stand beside it. */
function declarationsOf(name: string, from: ParsedSnippet, run: Carrying): readonly Carried[] {
  const isCarried = [...run.statements.values()].some(({ snippet }) => snippet === from);
  const places = [...(isCarried ? [from] : []), ...run.context.before(from.position)];
  const found = places
    .map((snippet) => declaredIn(snippet, name, run.context.api))
    .filter((declarations) => declarations.length > 0);
  if (found.length > 1) run.ambiguous = true;
  return found[Math.min(run.context.choice, found.length - 1)] ?? [];
}

/** Of variants that declare the same variable one after another, the last. */
function declaredIn(snippet: ParsedSnippet, name: string, api: TypeScript): readonly Carried[] {
  const found = snippet.declarations.flatMap((declaration, place) =>
    declaration.names.includes(name) ? [{ snippet, declaration, place }] : [],
  );
  const last = found.findLast(({ declaration }) => api.isVariableStatement(declaration.statement));
  return found.filter(
    (carried) => carried === last || !api.isVariableStatement(carried.declaration.statement),
  );
}

function textOf(
  { snippet, declaration: { statement } }: Carried,
  { own, run }: { own: ReadonlySet<string>; run: Carrying },
): string {
  const start = statement.getStart(snippet.source);
  const text = snippet.source.text.slice(start, statement.end);
  const edits = namesDeclaredBy(statement, run.context.api)
    .filter(({ text: name }) => own.has(name) || run.owners.get(name)?.has(statement) !== true)
    .map((name) => ({
      at: name.getStart(snippet.source) - start,
      ...renamed(name, run.context.api),
    }))
    .sort((a, b) => b.at - a.at);
  return edits.reduce(
    (result, { at, length, by }) => result.slice(0, at) + by + result.slice(at + length),
    text,
  );
}

/** `a` of `{ a }` becomes `a: a__`, of an import `a as a__`; any other name is replaced. */
function renamed(name: ts.Identifier, api: TypeScript): { length: number; by: string } {
  const { parent, text } = name;
  const other = `${text}__unused`;
  const length = text.length;
  if (api.isImportSpecifier(parent) && parent.propertyName === undefined)
    return { length, by: `${text} as ${other}` };
  const isShort =
    api.isBindingElement(parent) &&
    parent.propertyName === undefined &&
    parent.dotDotDotToken === undefined &&
    api.isObjectBindingPattern(parent.parent);
  return { length, by: isShort ? `${text}: ${other}` : other };
}
