import { byCodeUnit } from "@chub/registry";
import { ecmascriptProblem, OXC_VERSION } from "./ecmascript.ts";
import { JSONC_PARSER_VERSION, jsonLinesProblem, jsonProblem } from "./json.ts";
import { SMOL_TOML_VERSION, tomlProblem } from "./toml.ts";
import { GRAMMARS, GRAMMARS_VERSION, grammarProblem, isPlain } from "./grammar-checks.ts";
import type { GrammarName, SnippetParser } from "./snippet-parser.ts";
import type { SyntaxProblem, Verdict } from "./verification.ts";
import { YAML_VERSION, yamlProblem } from "./yaml.ts";

/** What says whether code is well-formed. Pure: it depends on the two arguments alone. */
export type SyntaxChecker = (language: string | null, code: string) => Verdict;

/** Gives the parser of a grammar, or null when it is not at hand. */
export type ParserSource = (grammar: GrammarName) => SnippetParser | null;

/**
 * Whether code is well-formed, for the languages that need no grammar; `skipped` with the reason for all others.
 *
 * Pure. Snippets are accepted in every form documents use: module, script, body of a function, one expression.
 *
 * @param language Canonical name, or null when the fence has none.
 */
export function checkSyntax(language: string | null, code: string): Verdict {
  return check(language, code, () => null);
}

/** The same for all languages whose grammar the source has. */
export function syntaxCheckerWith(parserOf: ParserSource): SyntaxChecker {
  return (language, code) => check(language, code, parserOf);
}

/** A checker that knows the verdicts on the last blocks it saw, because linting and verifying look at the same ones. */
export function rememberingChecker(checker: SyntaxChecker): SyntaxChecker {
  const known = new Map<string, Verdict>();
  return (language, code) => {
    const key = `${language}\n${code}`;
    const verdict = known.get(key) ?? checker(language, code);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(key, verdict);
    return verdict;
  };
}

/** Canonical names of the languages that are checked, sorted. */
export function checkedLanguages(): readonly string[] {
  return [...CHECKERS.keys(), ...GRAMMARS.keys()].sort(byCodeUnit);
}

function check(language: string | null, code: string, parserOf: ParserSource): Verdict {
  if (language === null) return { status: "skipped", message: "No known language" };
  const checker = CHECKERS.get(language);
  if (checker !== undefined) return verdictOf(checker.tool, code, checker.check(code));
  const grammar = GRAMMARS.get(language);
  return grammar === undefined
    ? { status: "skipped", message: `No syntax check for ${language}` }
    : checkWithGrammar(grammar, code, parserOf);
}

function checkWithGrammar(grammar: GrammarName, code: string, parserOf: ParserSource): Verdict {
  const tool = `tree-sitter-wasm@${GRAMMARS_VERSION}`;
  if (isPlain(grammar, code)) return { status: "passed", tool };
  const parser = parserOf(grammar);
  if (parser === null) return { status: "skipped", message: `No grammar for ${grammar} at hand` };
  const problem = grammarProblem(grammar, parser, code);
  if (problem === "too-complex") return { status: "skipped", message: "Too complex to check" };
  return verdictOf(tool, code, problem);
}

function verdictOf(tool: string, code: string, problem: SyntaxProblem | null): Verdict {
  if (problem === null) return { status: "passed", tool };
  return { status: "failed", tool, message: problem.message, ...placeOf(code, problem.offset) };
}

interface Checker {
  readonly tool: string;
  readonly check: (code: string) => SyntaxProblem | null;
}

function placeOf(code: string, offset: number): { line: number; column: number } {
  const before = code.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: before.length - lineStart + 1 };
}

const ecmascript = (languages: readonly ("jsx" | "ts" | "tsx")[]): Checker => ({
  tool: `oxc-parser@${OXC_VERSION}`,
  check: (code) => ecmascriptProblem(code, languages),
});

const CHECKERS: ReadonlyMap<string, Checker> = new Map([
  // JSX is a superset of JavaScript; in TypeScript it is not, because `<T>x` is a cast there.
  ["javascript", ecmascript(["jsx"])],
  ["jsx", ecmascript(["jsx"])],
  ["typescript", ecmascript(["ts", "tsx"])],
  ["tsx", ecmascript(["tsx"])],
  [
    "json",
    { tool: `jsonc-parser@${JSONC_PARSER_VERSION}`, check: (code) => jsonProblem(code, "json") },
  ],
  [
    "jsonc",
    { tool: `jsonc-parser@${JSONC_PARSER_VERSION}`, check: (code) => jsonProblem(code, "jsonc") },
  ],
  ["jsonl", { tool: `jsonc-parser@${JSONC_PARSER_VERSION}`, check: jsonLinesProblem }],
  ["yaml", { tool: `yaml@${YAML_VERSION}`, check: yamlProblem }],
  ["toml", { tool: `smol-toml@${SMOL_TOML_VERSION}`, check: tomlProblem }],
]);

/** More blocks than nearly every document has. */
const MOST_REMEMBERED = 500;
