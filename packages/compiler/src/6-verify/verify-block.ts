import type { BlockVerification } from "@chub/registry";
import { parsedLanguage } from "../4-lint/fence-language.ts";
import type { ExtractedCode } from "../5-extract/file-facts.ts";
import type { SyntaxChecker } from "./check-syntax.ts";
import { type FenceWords, fenceWords } from "./fence-words.ts";
import type { Verdict } from "./verification.ts";

/** What a block is verified with. */
export interface VerifyContext {
  /** Lines of the file, to place a failure in it. */
  readonly lines: () => readonly string[];
  readonly checkSyntax: SyntaxChecker;
}

/**
 * What can be proved about a code block of a file without leaving the process: its syntax.
 *
 * A fence may say `no-check`, and `expect-error` for code that is shown because it is wrong; `expect-error=<code>` names an error
 * of the types, so the syntax must be right.
 */
export function verifyBlock(
  block: ExtractedCode,
  { lines, checkSyntax }: VerifyContext,
): BlockVerification {
  const words = fenceWords(block.meta);
  if (words.noCheck) return { status: "skipped", checks: [], message: "The fence says no-check" };
  const verdict = checkSyntax(parsedLanguage(block.lang), block.value);
  // Well-formed code may still be wrong about a package, which only the types find.
  if (isWrongOnPurpose(words) && verdict.status === "passed" && isTyped(block.language))
    return { status: "skipped", checks: ["syntax"], message: ERROR_EXPECTED };
  if (verdict.status === "skipped")
    return { status: "skipped", checks: [], message: verdict.message! };
  return inFile(isWrongOnPurpose(words) ? inverted(verdict) : verdict, block, lines);
}

/** With a number it is the types that are expected to object, so the syntax must be right. */
function isWrongOnPurpose({ expectError, expectedCode }: FenceWords): boolean {
  return expectError && expectedCode === undefined;
}

/** Whether types can be checked in a language. */
export function isTyped(language: string | null): boolean {
  return language !== null && TYPED.has(language);
}

function inverted({ status, tool }: Verdict): Verdict {
  if (status === "failed") return { status: "passed", ...(tool !== undefined && { tool }) };
  return {
    status: "failed",
    ...(tool !== undefined && { tool }),
    message: "Unexpected success, expected an error",
    line: 1,
    column: 1,
  };
}

function inFile(
  verdict: Verdict,
  block: ExtractedCode,
  lines: VerifyContext["lines"],
): BlockVerification {
  return {
    status: verdict.status,
    checks: ["syntax"],
    ...(verdict.tool !== undefined && { tool: verdict.tool }),
    ...(verdict.message !== undefined && { message: verdict.message }),
    ...(verdict.line !== undefined &&
      placeInFile(verdict.line, verdict.column ?? 1, { block, lines: lines() })),
  };
}

/** Fences, list items and quotes indent their code: the difference to the line of the file is what stands before it. */
export function placeInFile(
  line: number,
  column: number,
  { block, lines }: { block: ExtractedCode; lines: readonly string[] },
): { line: number; column: number } {
  const code = block.value.split("\n");
  const start = block.range.start.line;
  const last = block.range.end.line;
  // An indented block starts with its first line of code, a fenced one with the fence.
  const first = last - start + 1 === code.length ? start : start + 1;
  const at = Math.min(first + line - 1, last);
  const indent = (lines[at - 1] ?? "").length - (code[line - 1] ?? "").length;
  return { line: at, column: column + Math.max(0, indent) };
}

/** Of a block that is wrong on purpose, as long as the types are not checked. */
export const ERROR_EXPECTED = "The fence expects an error, and the syntax is right";
const TYPED: ReadonlySet<string> = new Set(["javascript", "jsx", "typescript", "tsx"]);
