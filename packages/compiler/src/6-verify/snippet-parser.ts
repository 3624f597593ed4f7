/** A grammar of @vscode/tree-sitter-wasm. */
export type GrammarName =
  | "bash"
  | "c-sharp"
  | "cpp"
  | "css"
  | "go"
  | "java"
  | "php"
  | "python"
  | "ruby"
  | "rust";

/** A grammar that is ready. Pure: the same code gives the same answer on every machine. */
export interface SnippetParser {
  /** `too-complex` when the effort, counted in steps and not in time, goes beyond what a document's code needs. */
  parse(code: string): ParsedSnippet;
}

export type ParsedSnippet =
  | { readonly outcome: "sound"; readonly statements: readonly Statement[] }
  | { readonly outcome: "broken"; readonly offset: number; readonly missing: string | null }
  | { readonly outcome: "too-complex" };

/** A statement at the outermost level; known for Python, where its column matters. */
export interface Statement {
  /** UTF-16 code units from the start of the code, and of its line. */
  readonly offset: number;
  readonly column: number;
}
