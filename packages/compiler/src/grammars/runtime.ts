import { setFlagsFromString } from "node:v8";

/** The part of web-tree-sitter that is used here; the declarations that ship with it declare no module. */
interface Runtime {
  readonly Parser: { init(): Promise<void>; new (): Parser };
  readonly Language: { load(path: string): Promise<object> };
}

export interface Parser {
  setLanguage(language: object): unknown;
  /** Null when the callback asked to stop. */
  parse(
    code: string,
    oldTree: null,
    options: { progressCallback: (state: { readonly hasError: unknown }) => boolean },
  ): Tree | null;
  reset(): void;
}

interface Tree {
  readonly rootNode: TreeNode;
  /** Trees live in memory that no garbage collector sees. */
  delete(): void;
}

export interface TreeNode {
  readonly type: string;
  readonly hasError: boolean;
  readonly isMissing: boolean;
  /** UTF-16 code units. */
  readonly startIndex: number;
  readonly startPosition: { readonly column: number };
  readonly children: readonly (TreeNode | null)[];
}

const NAME: string = "@vscode/tree-sitter-wasm";

/** Ready for use. Starting it again would break the parsers made before, so it is the start of this module. */
export const runtime: Promise<Runtime> = start();

async function start(): Promise<Runtime> {
  // Most functions of a grammar run a few times: the optimising compiler would work on them longer than they save, and
  // the process would wait for it at its end.
  setFlagsFromString("--no-wasm-tier-up");
  const { default: library } = (await import(NAME)) as { default: Runtime };
  await library.Parser.init();
  return library;
}
