import type { BlockVerification, SearchFile } from "@chub/registry";
import type { FileFacts } from "../5-extract/file-facts.ts";
import type { ArtifactPart } from "./artifact.ts";

/** What the indexes keep of a Markdown file once its AST is written. */
export interface FileSummary {
  readonly path: string;
  readonly tokens: number;
  readonly ast: ArtifactPart;
  readonly verified: VerifiedCount;
  /** Its text for search: most of the file, so it may stand on disk until the index is built. */
  readonly search: () => SearchText;
}

export type SearchText = Omit<SearchFile, "variant" | "file">;

/** How the code blocks of a file fared. */
export interface VerifiedCount {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** `name@version` of the checkers, in order of use. */
  readonly tools: readonly string[];
  /** Package URLs of what code was checked against, in order of use. */
  readonly packages: readonly string[];
}

/** The summary of a file, with its text for search. */
export function summarise(
  facts: FileFacts,
  verification: readonly BlockVerification[],
): Pick<FileSummary, "path" | "tokens" | "verified"> & { readonly search: SearchText } {
  return {
    path: facts.path,
    tokens: facts.tokens,
    verified: verifiedCount(verification),
    search: searchText(facts),
  };
}

/** How blocks fared. */
export function verifiedCount(verification: readonly BlockVerification[]): VerifiedCount {
  const count = (status: BlockVerification["status"]): number =>
    verification.filter((block) => block.status === status).length;
  return {
    passed: count("passed"),
    failed: count("failed"),
    skipped: count("skipped"),
    tools: [...new Set(verification.flatMap(({ tool }) => tool ?? []))],
    packages: [...new Set(verification.flatMap(({ package: url }) => url ?? []))],
  };
}

function searchText(facts: FileFacts): SearchText {
  const namesOf = (kind: "package" | "import"): readonly string[] =>
    facts.identifiers.filter((identifier) => identifier.kind === kind).map(({ name }) => name);
  return {
    title: facts.title ?? "",
    installs: namesOf("package"),
    imports: namesOf("import"),
    sections: facts.sections.map(({ index, slug, heading, path, range, tokens }) => ({
      slug,
      heading,
      path,
      startLine: range.start.line,
      // A range that ends at the start of a line does not reach into it.
      endLine: Math.max(range.start.line, range.end.line - (range.end.column === 1 ? 1 : 0)),
      tokens,
      text: facts.texts[index]!.text,
      code: facts.texts[index]!.code,
    })),
  };
}
