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
  const run: Carrying = { context, owner: new Map(), statements: new Map(), ambiguous: false };
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
  /** The statement that a name is taken from. */
  readonly owner: Map<string, ts.Statement>;
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
    if (run.owner.has(name)) continue;
    const carried = declarationOf(name, from, run);
    if (carried === null) continue;
    const { statement } = carried.declaration;
    run.owner.set(name, statement);
    if (run.statements.has(statement)) continue;
    run.statements.set(statement, carried);
    carry(freeNames(statement, run.context.api), carried.snippet, run);
  }
}

/** A name of a carried statement may be declared beside it. */
function declarationOf(name: string, from: ParsedSnippet, run: Carrying): Carried | null {
  const isCarried = [...run.statements.values()].some(({ snippet }) => snippet === from);
  const places = [...(isCarried ? [from] : []), ...run.context.before(from.position)];
  const found = places.flatMap((snippet) => {
    const place = snippet.declarations.findLastIndex(({ names }) => names.includes(name));
    return place === -1 ? [] : [{ snippet, place, declaration: snippet.declarations[place]! }];
  });
  if (found.length > 1) run.ambiguous = true;
  return found[Math.min(run.context.choice, found.length - 1)] ?? null;
}

function textOf(
  { snippet, declaration: { statement } }: Carried,
  { own, run }: { own: ReadonlySet<string>; run: Carrying },
): string {
  const start = statement.getStart(snippet.source);
  const text = snippet.source.text.slice(start, statement.end);
  const edits = namesDeclaredBy(statement, run.context.api)
    .filter(({ text: name }) => own.has(name) || run.owner.get(name) !== statement)
    .map((name) => ({ at: name.getStart(snippet.source) - start, ...renamed(name, run.context.api) }))
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
