import type { EntryFacts } from "./3-validate/entry-facts.ts";
import type { FileOutline } from "./4-lint/file-outline.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";

/** What linting one file gives. */
export interface LintedSource {
  /** The entry of a DOC.md or SKILL.md; none for other files. */
  readonly facts: readonly EntryFacts[];
  /** Null for files that are not Markdown. */
  readonly outline: FileOutline | null;
  readonly diagnostics: readonly Diagnostic[];
}
