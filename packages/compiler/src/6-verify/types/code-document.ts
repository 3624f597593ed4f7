/** The JavaScript and TypeScript of one Markdown file, in document order. Plain data. */
export interface CodeDocument {
  /** Of the Markdown file. */
  readonly path: string;
  readonly snippets: readonly Snippet[];
  /** Code whose declarations count as well, after those of the document itself: of the entry that a companion belongs to. */
  readonly background: readonly Snippet[];
}

/** One block whose syntax is right. */
export interface Snippet {
  /** Of the block in its file. */
  readonly index: number;
  readonly dialect: "js" | "ts" | "tsx";
  readonly code: string;
  /** What stands around the code to make it a program; no line of its own unless it ends with one. */
  readonly prefix: string;
  readonly suffix: string;
  /** `continue`: the block before belongs to it. `standalone`: nothing before it counts. */
  readonly carry: "declarations" | "block-before" | "nothing";
  /** Name of the file it is, for imports from other blocks. */
  readonly file?: string;
}

/** What the types say of a block. */
export interface TypesVerdict {
  /** Of the block in its file. */
  readonly index: number;
  /** unrelated: nothing of a package is used, so there was nothing to prove. */
  readonly outcome: "passed" | "failed" | "unrelated";
  /** Name of the package it was checked against, when it uses one. */
  readonly packageName?: string;
  /** The first error that the package is concerned with. */
  readonly error?: TypesError;
  /** Codes of every error, of whatever class, in order: for blocks that expect one. */
  readonly codes: readonly number[];
  readonly counts: Readonly<Record<ErrorClass, number>>;
}

export interface TypesError {
  /** TypeScript's number, e.g. 2339. */
  readonly code: number;
  readonly message: string;
  /** 1-based place in the code; columns in UTF-16 code units. */
  readonly line: number;
  readonly column: number;
}

/** drift: the package is not like that. context: a name comes from outside the document. style: the types are stricter than the code. */
export type ErrorClass = "drift" | "context" | "style";
