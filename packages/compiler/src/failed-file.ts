import { isChubError } from "@chub/registry";
import type { SourceFile } from "./1-discover/source-file.ts";
import { diagnose } from "./diagnostics/diagnose.ts";
import { FILE_START } from "./diagnostics/text-position.ts";
import type { LintedSource } from "./linted-source.ts";

/** What there is of a file that a phase failed on: a diagnostic. */
export function failedFile({ path }: Pick<SourceFile, "path">, reason: string): LintedSource {
  const message = `The compiler failed on this file: ${reason}`;
  return {
    facts: [],
    outline: null,
    diagnostics: [diagnose("internal/file-failed", { file: path, range: FILE_START, message })],
  };
}

/** Words for what a phase threw on a file. A failure that the user can act on is thrown again. */
export function failureOf(error: unknown): string {
  if (isChubError(error)) throw error;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
