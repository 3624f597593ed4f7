import { parseSync } from "oxc-parser";
import type { SyntaxProblem } from "./verification.ts";

/**
 * First syntax error, or null when the code parses as one of the dialects under one of the goals.
 *
 * Parsers disagree with documents on the goal: `for await` and `return` at the top level, or a bare object, are snippets and no mistakes.
 */
export function ecmascriptProblem(code: string, dialects: readonly ("jsx" | "ts" | "tsx")[]): SyntaxProblem | null {
  let first: SyntaxProblem | null = null;
  for (const lang of dialects) {
    for (const { sourceType, prefix, suffix } of GOALS) {
      const problem = parseAs(`${prefix}${code}${suffix}`, { lang, sourceType });
      if (problem === null) return null;
      first ??= problem;
    }
  }
  return first;
}

function parseAs(code: string, options: { lang: "jsx" | "ts" | "tsx"; sourceType: "module" | "script" }): SyntaxProblem | null {
  const error = parseSync("snippet", code, options).errors.find(({ severity }) => severity === "Error");
  return error === undefined ? null : { message: error.message, offset: error.labels[0]?.start ?? 0 };
}

/** The first one has no prefix, so that its offsets are those of the code. */
const GOALS = [
  { sourceType: "module", prefix: "", suffix: "" },
  { sourceType: "script", prefix: "", suffix: "" },
  { sourceType: "module", prefix: "async function snippet() {\n", suffix: "\n}" },
  { sourceType: "module", prefix: "(\n", suffix: "\n)" },
  { sourceType: "module", prefix: "class Snippet {\n", suffix: "\n}" },
] as const;

/** Part of every verdict; a test keeps it equal to the installed version. */
export const OXC_VERSION = "0.159.0";
