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
  if ("form" in parsed || !code.includes("...")) return "form" in parsed ? null : parsed.problem;
  // Three dots before a bracket or at the end of a line are no syntax: they stand for what is left out.
  const filled = code.replace(/\.\.\.(?=\s*(?:[\]}),;|]|$))/gm, "___");
  return filled !== code && "form" in firstThatParses(filled, dialects) ? null : parsed.problem;
}

/** A form under which code is well-formed. */
export interface EcmascriptForm {
  readonly dialect: "jsx" | "ts" | "tsx";
  /** What stands around the code. */
  readonly prefix: string;
  readonly suffix: string;
}

/** The first form under which the code as it is parses, or null when there is none. */
export function ecmascriptForm(
  code: string,
  dialects: readonly ("jsx" | "ts" | "tsx")[],
): EcmascriptForm | null {
  const parsed = firstThatParses(code, dialects);
  return "form" in parsed ? parsed.form : null;
}

/** `form` is null when the code parses only without some of its lines. */
function firstThatParses(
  code: string,
  dialects: readonly ("jsx" | "ts" | "tsx")[],
): { form: EcmascriptForm | null } | { problem: SyntaxProblem | null } {
  let first: SyntaxProblem | null = null;
  for (const dialect of dialects) {
    for (const { sourceType, prefix, suffix, only, change } of GOALS) {
      if (only !== undefined && !only.test(code)) continue;
      const text = change === undefined ? code : change(code);
      const problem = parseAs(`${prefix}${text}${suffix}`, { lang: dialect, sourceType });
      if (problem === null)
        return { form: change === undefined ? { dialect, prefix, suffix } : null };
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
  /** What is left out of the code before it is read. */
  readonly change?: (code: string) => string;
}

/** Code that starts with a text, after comments. */
const startsWith = (start: string): RegExp => new RegExp(`^(?:\\s|//.*\\n)*(?:${start})`);

/** The start of a method: `async fetch(request) {`, after comments and decorators. */
const METHOD =
  /^(?:\s|\/\/.*\n|@.*\n)*(?:(?:public|private|protected|static|override|async|get|set)\s+)*[#\w$]+\s*(?:<[^>(]*>)?\([^)]*\)[^;{]*\{/;

/** The first one has no prefix, so that its offsets are those of the code. */
const GOALS: readonly Goal[] = [
  { sourceType: "module", prefix: "", suffix: "" },
  { sourceType: "script", prefix: "", suffix: "" },
  { sourceType: "module", prefix: "async function snippet() {\n", suffix: "\n}" },
  { sourceType: "module", prefix: "(\n", suffix: "\n)" },
  {
    sourceType: "module",
    prefix: "async function snippet() {\n",
    suffix: "\n}",
    only: /^import\s[^(]/m,
    change: (code) => code.replace(/^import\s[^(;]*?from\s.*$/gm, ""),
  },
  {
    sourceType: "module",
    prefix: "({\n",
    suffix: "\n})",
    only: startsWith("\\.\\.\\.|['\"]?[\\w$/@-]+['\"]?\\s*:"),
  },
  { sourceType: "module", prefix: "x\n", suffix: "", only: startsWith("\\.\\w") },
  {
    sourceType: "module",
    prefix: "try {}\n",
    suffix: "",
    only: startsWith("(?:catch|finally)\\b"),
  },
  { sourceType: "module", prefix: "if (x) {}\n", suffix: "", only: startsWith("else\\b") },
  { sourceType: "module", prefix: "<>\n", suffix: "\n</>", only: startsWith("<") },
  {
    sourceType: "module",
    prefix: "interface Snippet {\n",
    suffix: "\n}",
    only: startsWith("(?:/\\*[\\s\\S]*?\\*/\\s*)?(?:readonly\\s+)?[\\w$]+\\??\\s*[:(]"),
  },
  { sourceType: "module", prefix: "class Snippet {\n", suffix: "\n}", only: METHOD },
];

/** Part of every verdict; a test keeps it equal to the installed version. */
export const OXC_VERSION = "0.159.0";
