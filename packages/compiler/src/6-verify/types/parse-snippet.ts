import type ts from "typescript";
import type { Snippet } from "./code-document.ts";
import { type Declaration, freeNames, topDeclarations } from "./names.ts";
import type { TypeScript } from "./typescript-api.ts";

/** A block with what it declares and what it needs. */
export interface ParsedSnippet extends Snippet {
  /** Order in which blocks are read: those of the background first. */
  readonly position: number;
  readonly source: ts.SourceFile;
  readonly declarations: readonly Declaration[];
  readonly free: ReadonlySet<string>;
}

/** Parses the code of a block for its names; it is known to be well-formed. */
export function parseSnippet(snippet: Snippet, position: number, api: TypeScript): ParsedSnippet {
  const text = `${snippet.prefix}${snippet.code}${snippet.suffix}`;
  const kind = { js: api.ScriptKind.JSX, ts: api.ScriptKind.TS, tsx: api.ScriptKind.TSX };
  const source = api.createSourceFile(
    "block",
    text,
    api.ScriptTarget.ESNext,
    true,
    kind[snippet.dialect],
  );
  return {
    ...snippet,
    position,
    source,
    declarations: snippet.prefix === "" ? topDeclarations(source, api) : [],
    free: freeNames(source, api),
  };
}
