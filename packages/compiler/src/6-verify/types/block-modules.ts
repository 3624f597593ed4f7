import type { CodeDocument } from "./code-document.ts";
import { type ParsedSnippet, parseSnippet } from "./parse-snippet.ts";
import { preludeOf } from "./prelude.ts";
import type { TypeScript } from "./typescript-api.ts";

/** A block as a module of its own, with what it needs of the others before it. */
export interface BlockModule {
  /** Of the block in its file. */
  readonly index: number;
  /** Virtual folder of its document. */
  readonly folder: string;
  readonly path: string;
  readonly text: string;
  /** Where the code of the block stands in the text, in UTF-16 code units; end exclusive. */
  readonly codeStart: number;
  readonly codeEnd: number;
  /** Whether a name it takes from another block has several declarations. */
  readonly ambiguous: boolean;
}

export interface ModulesContext {
  readonly api: TypeScript;
  readonly folder: string;
  /** Which declaration of an ambiguous name is taken. */
  readonly choice: number;
}

/** The modules of a document, in order. */
export function documentModules(
  { snippets, background }: CodeDocument,
  { api, folder, choice }: ModulesContext,
): readonly BlockModule[] {
  const parsed = [...background, ...snippets].map((snippet, position) =>
    parseSnippet(snippet, position, api),
  );
  const own = parsed.slice(background.length);
  const shared = parsed.slice(0, background.length);
  // The nearest block before; then the entry the file belongs to, from its start.
  const before = (position: number): readonly ParsedSnippet[] =>
    position < background.length
      ? shared.slice(0, position).toReversed()
      : [...own.slice(0, position - background.length).toReversed(), ...shared];
  return own.map((snippet, nth) => {
    const chain = chainOf(own, nth);
    const prelude = chain
      .map((part, i) => {
        const { text } = preludeOf(part, { api, before: i === 0 ? before : () => [], choice });
        return part === snippet ? text : `${text}${part.code}\n`;
      })
      .join("");
    const { ambiguous } = preludeOf(snippet, { api, before, choice });
    const head = `${prelude}${snippet.prefix}`;
    return {
      index: snippet.index,
      folder,
      path: `${folder}/${snippet.file ?? `block-${snippet.index}.${EXTENSIONS[snippet.dialect]}`}`,
      text: `${head}${snippet.code}${snippet.suffix}`,
      codeStart: head.length,
      codeEnd: head.length + snippet.code.length,
      ambiguous,
    };
  });
}

/** A block and those it continues, first to last. */
function chainOf(own: readonly ParsedSnippet[], nth: number): readonly ParsedSnippet[] {
  const snippet = own[nth]!;
  if (snippet.carry !== "block-before" || nth === 0) return [snippet];
  return [...chainOf(own, nth - 1), snippet];
}

const EXTENSIONS = { js: "jsx", ts: "ts", tsx: "tsx" } as const;
