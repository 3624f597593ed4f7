import { type ParseError, type ParseOptions, parse, printParseErrorCode } from "jsonc-parser";
import type { SyntaxProblem } from "./verification.ts";

/** First syntax error of a JSON text; `jsonc` allows comments and trailing commas. */
export function jsonProblem(code: string, dialect: "json" | "jsonc"): SyntaxProblem | null {
  if (isJson(code)) return null;
  const errors: ParseError[] = [];
  parse(code, errors, OPTIONS[dialect]);
  // What JSON.parse refuses and this parser does not, such as a raw tab in a string, is left to the reader's parser.
  const error = errors[0];
  return error === undefined
    ? null
    : { message: sentence(printParseErrorCode(error.error)), offset: error.offset };
}

/** First syntax error of a text with one JSON value per line. */
export function jsonLinesProblem(code: string): SyntaxProblem | null {
  let start = 0;
  for (const line of code.split("\n")) {
    const problem = line.trim() === "" ? null : jsonProblem(line, "json");
    if (problem !== null) return { message: problem.message, offset: start + problem.offset };
    start += line.length + 1;
  }
  return null;
}

/** JSON.parse decides the common case; its messages differ between Node versions, so they are not used. */
function isJson(code: string): boolean {
  try {
    JSON.parse(code);
    return true;
  } catch {
    return false;
  }
}

/** `CommaExpected` gives "Comma expected". */
function sentence(code: string): string {
  const words = code.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const OPTIONS: Readonly<Record<"json" | "jsonc", ParseOptions>> = {
  json: { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false },
  jsonc: { disallowComments: false, allowTrailingComma: true, allowEmptyContent: true },
};

/** Part of every verdict; a test keeps it equal to the installed version. */
export const JSONC_PARSER_VERSION = "3.3.1";
