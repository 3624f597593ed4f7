import type { BlockVerification } from "@chub/registry";
import type { ExtractedCode } from "../../5-extract/file-facts.ts";
import { ecmascriptForm } from "../ecmascript.ts";
import { fenceWords } from "../fence-words.ts";
import { ERROR_EXPECTED } from "../verify-block.ts";
import type { Snippet } from "./code-document.ts";

/** The blocks whose types can be checked: JavaScript and TypeScript that is well-formed and that no word takes out. */
export function snippetsOf(
  code: readonly ExtractedCode[],
  verification: readonly BlockVerification[],
): readonly Snippet[] {
  return code.flatMap((block, index) => {
    const dialects = DIALECTS.get(block.language ?? "");
    if (dialects === undefined || !isSound(verification[index])) return [];
    const form = ecmascriptForm(block.value, dialects);
    if (form === null) return [];
    const { file, carry } = fenceWords(block.meta);
    const dialect = form.dialect === "jsx" ? "js" : form.dialect;
    // TypeScript reads `return` and `await` at the top of a module; only what is no statement needs something around it.
    const isStatements = form.prefix.startsWith("async function");
    return [
      {
        index: block.index,
        dialect,
        code: block.value,
        prefix: isStatements ? "" : form.prefix,
        suffix: isStatements ? "" : form.suffix,
        carry,
        ...(file !== undefined && { file }),
      },
    ];
  });
}

function isSound(verification: BlockVerification | undefined): boolean {
  return verification?.status === "passed" || verification?.message === ERROR_EXPECTED;
}

const DIALECTS: ReadonlyMap<string, readonly ("jsx" | "ts" | "tsx")[]> = new Map([
  ["javascript", ["jsx"]],
  ["jsx", ["jsx"]],
  ["typescript", ["ts", "tsx"]],
  ["tsx", ["tsx"]],
]);
