import { fileURLToPath } from "node:url";
import type {
  GrammarName,
  ParsedSnippet,
  SnippetParser,
  Statement,
} from "../6-verify/snippet-parser.ts";
import type { Parser, TreeNode } from "./runtime.ts";

/** Grammars by name, each loaded once, when somebody asks for it. */
export interface Grammars {
  /** Makes the grammars ready; those that are cost nothing. **Errors**: none but a broken installation. */
  load(names: Iterable<GrammarName>): Promise<void>;
  /** Null until it is loaded. */
  readonly parserOf: (name: GrammarName) => SnippetParser | null;
}

/**
 * The tree-sitter grammars that @vscode/tree-sitter-wasm ships.
 *
 * Nothing is read before the first `load`: most runs find every verdict in the cache.
 */
export function openGrammars(): Grammars {
  const loading = new Map<GrammarName, Promise<SnippetParser>>();
  const ready = new Map<GrammarName, SnippetParser>();
  return {
    async load(names) {
      const missing = [...names].filter((name) => !ready.has(name));
      await Promise.all(
        missing.map(async (name) => {
          const parser = loading.get(name) ?? loadParser(name);
          loading.set(name, parser);
          ready.set(name, await parser);
        }),
      );
    },
    parserOf: (name) => ready.get(name) ?? null,
  };
}

async function loadParser(name: GrammarName): Promise<SnippetParser> {
  const { Language, Parser } = (await import("./runtime.ts")).runtime;
  const file = import.meta.resolve(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`);
  const parser = new Parser();
  parser.setLanguage(await Language.load(fileURLToPath(file)));
  return { parse: (code) => parseWith(parser, code, name === "python") };
}

function parseWith(parser: Parser, code: string, wantsStatements: boolean): ParsedSnippet {
  let steps = 0;
  let failed = false;
  // The search for a way around an error costs the most, and for a long block only its first error is worth it.
  const mayRecover = code.length <= MOST_RECOVERED;
  const tree = parser.parse(code, null, {
    progressCallback: ({ hasError }) => {
      failed ||= Boolean(hasError);
      steps += 1;
      return steps > MOST_STEPS || (failed && !mayRecover);
    },
  });
  if (tree === null) {
    parser.reset();
    return failed ? { outcome: "broken", offset: 0, missing: null } : { outcome: "too-complex" };
  }
  try {
    if (tree.rootNode.hasError) return firstError(tree.rootNode);
    return { outcome: "sound", statements: wantsStatements ? statementsOf(tree.rootNode) : [] };
  } finally {
    tree.delete();
  }
}

function statementsOf({ children }: TreeNode): readonly Statement[] {
  return children.flatMap((child) =>
    child === null || child.type === "comment"
      ? []
      : [{ offset: child.startIndex, column: child.startPosition.column }],
  );
}

/** Down to the first node that is itself the error. */
function firstError(root: TreeNode): ParsedSnippet {
  let node = root;
  for (;;) {
    const inner = node.children.find((child) => child?.hasError === true);
    if (inner === null || inner === undefined) break;
    node = inner;
  }
  return {
    outcome: "broken",
    offset: node.startIndex,
    missing: node.isMissing ? node.type : null,
  };
}

/** UTF-16 code units. */
const MOST_RECOVERED = 8192;
/** Some 25 code units are one step, so this is 100,000 of them when nothing is ambiguous. */
const MOST_STEPS = 4000;
