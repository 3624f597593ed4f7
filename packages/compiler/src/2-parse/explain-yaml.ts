import type { ErrorCode } from "yaml";
import type { CoreRuleId } from "../diagnostics/core-rules.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnose } from "../diagnostics/diagnose.ts";
import { lineStartsOf, rangeBetween } from "../diagnostics/text-position.ts";
import type { YamlSource } from "./yaml-source.ts";
import { lexemesOf, yamlDocumentOf } from "./yaml-document.ts";

/** What is wrong with YAML text, each with its place. Empty when nothing is. */
export function explainYaml({ file, text, yaml, offset }: YamlSource): readonly Diagnostic[] {
  const lines = lineStartsOf(text);
  const { document } = yamlDocumentOf(yaml);
  const diagnostics = document.errors.map(({ code, message, pos: [start, end] }) =>
    diagnose(RULES[code] ?? "frontmatter/yaml", {
      file,
      range: rangeBetween(
        lines,
        offset + start,
        offset + Math.max(start, Math.min(end, yaml.length)),
      ),
      message: MESSAGES[code] ?? `Unexpected YAML: ${firstSentence(message)}`,
    }),
  );
  // The first of each kind says it all: a block that expands without end has hundreds.
  const parts = unplainParts(yaml);
  for (const { start, end, what } of parts.filter(
    (part) => parts.find((other) => other.what === part.what) === part,
  )) {
    diagnostics.push(
      diagnose("frontmatter/plain-yaml", {
        file,
        range: rangeBetween(lines, offset + start, offset + end),
        message: `Unexpected ${what} in the YAML block`,
      }),
    );
  }
  return diagnostics;
}

/** Anchors, aliases, merge keys, tags and directives, told by the lexer apart from the same characters inside texts. */
function unplainParts(yaml: string): readonly { start: number; end: number; what: string }[] {
  const parts: { start: number; end: number; what: string }[] = [];
  let start = 0;
  let inScalar = false;
  for (const lexeme of lexemesOf(yaml)) {
    if (ZERO_WIDTH.has(lexeme)) {
      inScalar = lexeme === SCALAR_FOLLOWS;
      continue;
    }
    const end = start + lexeme.length;
    const what = inScalar ? SCALARS[lexeme] : PARTS[lexeme.charAt(0)];
    if (what !== undefined) parts.push({ start, end, what });
    start = end;
    inScalar = false;
  }
  return parts;
}

function firstSentence(message: string): string {
  const line = message.split("\n", 1)[0] ?? message;
  return line.replace(/\.$/, "").slice(0, 200);
}

/** What the lexer puts before a document, at an unexpected end and before a scalar. */
const SCALAR_FOLLOWS = "\u001F";
const ZERO_WIDTH: ReadonlySet<string> = new Set(["\u0002", "\u0018", SCALAR_FOLLOWS]);
const PARTS: Readonly<Record<string, string>> = {
  "&": "anchor",
  "*": "alias",
  "!": "tag",
  "%": "directive",
};
const SCALARS: Readonly<Record<string, string>> = { "<<": "merge key" };
const RULES: Partial<Readonly<Record<ErrorCode, CoreRuleId>>> = {
  DUPLICATE_KEY: "frontmatter/duplicate-key",
  TAB_AS_INDENT: "frontmatter/no-tabs",
  BAD_ALIAS: "frontmatter/plain-yaml",
  TAG_RESOLVE_FAILED: "frontmatter/plain-yaml",
};
const MESSAGES: Partial<Readonly<Record<ErrorCode, string>>> = {
  DUPLICATE_KEY: "Unexpected second value for the same key, expected one",
  TAB_AS_INDENT: "Unexpected tab as indentation, expected spaces",
  MULTIPLE_DOCS: "Unexpected second YAML document, expected one",
  BLOCK_AS_IMPLICIT_KEY: "Unexpected `: ` inside a value, expected the value in quotes",
  MULTILINE_IMPLICIT_KEY: "Unexpected line without a key, expected `key: value`",
};
