import { parse, TomlError } from "smol-toml";
import type { SyntaxProblem } from "./verification.ts";

/** First syntax error of a TOML document. */
export function tomlProblem(code: string): SyntaxProblem | null {
  try {
    parse(code);
    return null;
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { message: firstLine(error.message), offset: offsetOf(code, error.line, error.column) };
  }
}

/** The rest of the message is a drawing of the code. */
function firstLine(message: string): string {
  return message.split("\n")[0]!.replace(/^Invalid TOML document: /, "");
}

function offsetOf(code: string, line: number, column: number): number {
  const before = code.split("\n").slice(0, line - 1);
  return before.reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
}

/** Part of every verdict; a test keeps it equal to the installed version. */
export const SMOL_TOML_VERSION = "1.9.1";
