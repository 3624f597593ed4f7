import type { BlockVerification, DocumentAst } from "@chub/registry";
import type { FileFacts, SectionText } from "../5-extract/file-facts.ts";

/** What the indexes keep of a Markdown file once its AST is written. */
export interface FileSummary {
  readonly path: string;
  readonly title: string | null;
  readonly tokens: number;
  readonly astSha256: string;
  readonly installs: readonly string[];
  readonly imports: readonly string[];
  readonly sections: DocumentAst["sections"];
  readonly texts: readonly SectionText[];
  readonly verified: VerifiedCount;
}

/** How the code blocks of a file fared. */
export interface VerifiedCount {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** `name@version` of the checkers, in order of use. */
  readonly tools: readonly string[];
}

/** The summary of a file whose AST has the given digest. */
export function summarise(
  facts: FileFacts,
  verification: readonly BlockVerification[],
  astSha256: string,
): FileSummary {
  const namesOf = (kind: "package" | "import"): readonly string[] =>
    facts.identifiers.filter((identifier) => identifier.kind === kind).map(({ name }) => name);
  const count = (status: BlockVerification["status"]): number =>
    verification.filter((block) => block.status === status).length;
  return {
    path: facts.path,
    title: facts.title,
    tokens: facts.tokens,
    astSha256,
    installs: namesOf("package"),
    imports: namesOf("import"),
    sections: [...facts.sections],
    texts: facts.texts,
    verified: {
      passed: count("passed"),
      failed: count("failed"),
      skipped: count("skipped"),
      tools: [...new Set(verification.flatMap(({ tool }) => tool ?? []))],
    },
  };
}
