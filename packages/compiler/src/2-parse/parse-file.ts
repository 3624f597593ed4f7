import type { Node, Parent, Root } from "mdast";
import type { SourceFile } from "../1-discover/source-file.ts";
import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Step } from "../diagnostics/step.ts";
import { FILE_START } from "../diagnostics/text-position.ts";
import { BYTE_ORDER_MARK, decode } from "./decode.ts";
import { readYaml } from "./front-matter.ts";
import type { MarkdownEngine } from "./markdown-engine.ts";
import { parseLimitProblem, treeLimitProblem } from "./parse-limits.ts";
import type { FrontmatterBlock, ParsedFile } from "./parsed-file.ts";

/**
 * A Markdown file as text, tree and front matter.
 *
 * Whatever the bytes are there is an answer; what is wrong with them is in the diagnostics. A file beyond the
 * limits has an empty tree.
 */
export function parseFile(source: SourceFile, engine: MarkdownEngine): Step<ParsedFile> {
  const { value: text, diagnostics: encoding } = decode(source);
  const limit = parseLimitProblem(text);
  const parsed = limit === null ? parseTree(text, engine) : { tree: EMPTY, problem: limit };
  const frontmatter = readFrontmatter(source.path, text, parsed.tree);
  return {
    value: {
      source,
      kind: kindOf(source.path),
      text,
      tree: parsed.tree,
      frontmatter: frontmatter.value,
    },
    diagnostics: [...encoding, ...limits(source.path, parsed.problem), ...frontmatter.diagnostics],
  };
}

/** What a Markdown file is, by its name. */
export function kindOf(path: string): ParsedFile["kind"] {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (name === "DOC.md") return "doc";
  return name === "SKILL.md" ? "skill" : "reference";
}

function parseTree(text: string, engine: MarkdownEngine): { tree: Root; problem: string | null } {
  const marked = text.startsWith(BYTE_ORDER_MARK);
  const tree = engine.parse(marked ? text.slice(1) : text);
  const problem = treeLimitProblem(tree);
  if (problem !== null) return { tree: EMPTY, problem };
  if (marked) shiftByOne(tree);
  return { tree, problem: null };
}

/** A byte order mark is no part of the Markdown, but it is one code unit of the file. */
function shiftByOne(node: Node): void {
  for (const point of [node.position?.start, node.position?.end]) {
    if (point?.offset === undefined) continue;
    point.offset += 1;
    if (point.line === 1) point.column += 1;
  }
  if ("children" in node) for (const child of (node as Parent).children) shiftByOne(child);
}

function limits(file: string, problem: string | null): readonly Diagnostic[] {
  return problem === null
    ? []
    : [diagnose("safety/parse-limits", { file, range: FILE_START, message: problem })];
}

function readFrontmatter(file: string, text: string, tree: Root): Step<FrontmatterBlock | null> {
  const node = tree.children[0];
  const end = node?.position?.end.offset;
  const start = node?.position?.start.offset ?? 0;
  if (node?.type !== "yaml" || end === undefined) return { value: null, diagnostics: [] };
  const offset = text.indexOf("\n", start) + 1;
  const yaml = text.slice(offset, Math.max(offset, text.lastIndexOf("\n", end - 1)));
  const { value: data, diagnostics } = readYaml({ file, text, yaml, offset });
  return { value: { yaml, offset, data }, diagnostics };
}

const EMPTY: Root = {
  type: "root",
  children: [],
  position: { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 1, offset: 0 } },
};
