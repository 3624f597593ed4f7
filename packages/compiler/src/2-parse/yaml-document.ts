import { createRequire } from "node:module";
import type * as yamlTypes from "yaml";
import type { Document, Node, Pair } from "yaml";

type YamlModule = typeof yamlTypes;

/** YAML with positions: an order of magnitude slower than the hot path, so only for blocks with a problem. */
export interface YamlDocument {
  readonly document: Document.Parsed;
  /** Text range of the key or value at a path, or null when the path is not there. Offsets in the YAML text. */
  rangeOf(path: readonly (string | number)[], part: "key" | "value"): [number, number] | null;
}

/** Parses YAML with positions. Errors: none; they are in `document.errors`. */
export function yamlDocumentOf(yaml: string): YamlDocument {
  const library = yamlLibrary();
  const document = library.parseDocument(yaml, {
    uniqueKeys: true,
    version: "1.2",
    keepSourceTokens: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  return { document, rangeOf: (path, part) => findRange(library, document.contents, path, part) };
}

/** The lexical tokens of YAML text, in order; joined they are the text with the lexer's own marks in between. */
export function lexemesOf(yaml: string): Iterable<string> {
  return new (yamlLibrary().Lexer)().lex(yaml);
}

/** Required on first use: start-up does not pay for a parser that sound content never needs. */
function yamlLibrary(): YamlModule {
  return createRequire(import.meta.url)("yaml") as YamlModule;
}

function findRange(
  library: YamlModule,
  root: Node | null,
  path: readonly (string | number)[],
  part: "key" | "value",
): [number, number] | null {
  let node: unknown = root;
  let pair: Pair | null = null;
  for (const step of path) {
    if (library.isMap(node)) {
      pair =
        node.items.find(
          ({ key }) => String(library.isScalar(key) ? key.value : key) === String(step),
        ) ?? null;
      if (pair === null) return null;
      node = pair.value;
    } else if (library.isSeq(node)) {
      pair = null;
      node = node.items[Number(step)];
    } else return null;
  }
  return rangeOfNode(library, part === "key" && pair !== null ? pair.key : (node ?? pair?.key));
}

function rangeOfNode(library: YamlModule, node: unknown): [number, number] | null {
  if (!library.isNode(node) || node.range === null || node.range === undefined) return null;
  return [node.range[0], node.range[1]];
}
