import { goalsOf } from "./snippet-goals.ts";
import { isPlainShell } from "./plain-shell.ts";
import type { GrammarName, ParsedSnippet, SnippetParser } from "./snippet-parser.ts";
import type { SyntaxProblem } from "./verification.ts";

/**
 * Grammar that a canonical language is checked with.
 *
 * C is left out, because the grammar of C++ does not allow all its names; so is PowerShell, whose grammar takes many seconds to compile.
 */
export const GRAMMARS: ReadonlyMap<string, GrammarName> = new Map([
  ["bash", "bash"],
  ["cpp", "cpp"],
  ["csharp", "c-sharp"],
  ["css", "css"],
  ["go", "go"],
  ["java", "java"],
  ["php", "php"],
  ["python", "python"],
  ["ruby", "ruby"],
  ["rust", "rust"],
]);

/** Of the package that ships the grammars; part of every verdict; a test keeps it equal to the installed version. */
export const GRAMMARS_VERSION = "0.3.1";

/** Whether code of a grammar is right without parsing it. */
export function isPlain(grammar: GrammarName, code: string): boolean {
  return grammar === "bash" && isPlainShell(code);
}

/** First syntax error of a snippet, null when it parses in one of the readings, or `too-complex`. */
export function grammarProblem(
  grammar: GrammarName,
  parser: SnippetParser,
  code: string,
): SyntaxProblem | null | "too-complex" {
  // Some grammars end a statement only at the end of a line.
  const first = parser.parse(`${code}\n`);
  if (first.outcome === "too-complex") return "too-complex";
  if (first.outcome === "sound" && grammar !== "python") return null;
  const problem = problemOf(first, code);
  if (problem === null || first.outcome === "sound") return problem;
  for (const goal of goalsOf(grammar)) {
    const text = goal(code);
    if (text !== null && problemOf(parser.parse(`${text}\n`), text) === null) return null;
  }
  return problem;
}

function problemOf(parsed: ParsedSnippet, code: string): SyntaxProblem | null {
  if (parsed.outcome === "too-complex") return null;
  if (parsed.outcome === "sound") {
    const first = parsed.statements[0];
    const indented = parsed.statements.find(
      ({ column, offset }) => column > (first?.column ?? 0) && startsLine(code, offset),
    );
    return indented === undefined
      ? null
      : { message: "Unexpected indentation", offset: indented.offset };
  }
  const { missing, offset } = parsed;
  if (missing !== null) return { message: `Missing ${missing}`, offset };
  const line = code.slice(offset).trimStart().split("\n")[0] ?? "";
  return { message: line === "" ? "Unexpected end" : `Unexpected ${quote(line)}`, offset };
}

/** Several statements can stand on one line. */
function startsLine(code: string, offset: number): boolean {
  return code.slice(code.lastIndexOf("\n", offset - 1) + 1, offset).trim() === "";
}

function quote(line: string): string {
  return `\`${line.length > MOST_QUOTED ? `${line.slice(0, MOST_QUOTED)}…` : line}\``;
}

const MOST_QUOTED = 40;
