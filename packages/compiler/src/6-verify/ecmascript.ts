import { parseSync } from "oxc-parser";
import type { SyntaxProblem } from "./verification.ts";

/**
 * First syntax error, or null when the code parses as one of the dialects under one of the goals.
 *
 * Parsers disagree with documents on the goal: `for await` and `return` at the top level, or a bare object, are snippets and no mistakes.
 */
export function ecmascriptProblem(
  code: string,
  dialects: readonly ("jsx" | "ts" | "tsx")[],
): SyntaxProblem | null {
  const parsed = firstThatParses(code, dialects);
  return "form" in parsed ? null : parsed.problem;
}

/** A form under which code is well-formed. */
export interface EcmascriptForm {
  readonly dialect: "jsx" | "ts" | "tsx";
  /** What stands around the code. */
  readonly prefix: string;
  readonly suffix: string;
}

/** The first form under which the code parses, or null when there is none. */
export function ecmascriptForm(
  code: string,
  dialects: readonly ("jsx" | "ts" | "tsx")[],
): EcmascriptForm | null {
  const parsed = firstThatParses(code, dialects);
  return "form" in parsed ? parsed.form : null;
}

function firstThatParses(
  code: string,
  dialects: readonly ("jsx" | "ts" | "tsx")[],
): { form: EcmascriptForm } | { problem: SyntaxProblem | null } {
  let first: SyntaxProblem | null = null;
  for (const dialect of dialects) {
    for (const { sourceType, prefix, suffix, only } of GOALS) {
      if (only !== undefined && !only.test(code)) continue;
      const problem = parseAs(`${prefix}${code}${suffix}`, { lang: dialect, sourceType });
      if (problem === null) return { form: { dialect, prefix, suffix } };
      first ??= problem;
    }
  }
  return { problem: first };
}

function parseAs(
  code: string,
  options: { lang: "jsx" | "ts" | "tsx"; sourceType: "module" | "script" },
): SyntaxProblem | null {
  const error = parseSync("snippet", code, options).errors.find(
    ({ severity }) => severity === "Error",
  );
  return error === undefined
    ? null
    : { message: error.message, offset: error.labels[0]?.start ?? 0 };
}

interface Goal {
  readonly sourceType: "module" | "script";
  readonly prefix: string;
  readonly suffix: string;
  /** What code must look like to be tried with this goal; without it, a class body would let `const = 1` pass as a field. */
  readonly only?: RegExp;
}

/** The start of a method: `async fetch(request) {`, after comments and decorators. */
const METHOD =
  /^(?:\s|\/\/.*\n|@.*\n)*(?:(?:public|private|protected|static|override|async|get|set)\s+)*[#\w$]+\s*(?:<[^>(]*>)?\([^)]*\)[^;{]*\{/;

/** The start of a member of an object, as a setting is shown: `"rules/name": ["warn", {`. */
const MEMBER = /^(?:\s|\/\/.*\n)*(?:"[^"\n]+"|'[^'\n]+'|[\w$]+)\s*:\s*["'`[{\w(]/;

/** The first one has no prefix, so that its offsets are those of the code. */
const GOALS: readonly Goal[] = [
  { sourceType: "module", prefix: "", suffix: "" },
  { sourceType: "script", prefix: "", suffix: "" },
  { sourceType: "module", prefix: "async function snippet() {\n", suffix: "\n}" },
  { sourceType: "module", prefix: "(\n", suffix: "\n)" },
  { sourceType: "module", prefix: "({\n", suffix: "\n})", only: MEMBER },
  { sourceType: "module", prefix: "class Snippet {\n", suffix: "\n}", only: METHOD },
];

/** Part of every verdict; a test keeps it equal to the installed version. */
export const OXC_VERSION = "0.159.0";
