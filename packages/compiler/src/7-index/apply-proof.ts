import type { BlockVerification, CodeBlock, DocumentAst } from "@chub/registry";
import type { FileProof, Proof } from "../3-validate/generated/proof.ts";
import { lockName, npmPackages } from "../6-verify/wanted-packages.ts";
import { jsonBytes, type PartStore, storedPart } from "./artifact.ts";
import { type FileSummary, verifiedCount } from "./file-summary.ts";

export interface ProofContext {
  readonly proof: Proof;
  readonly store: PartStore;
  /** Digest of the code of a file, as proof.json has it. */
  readonly codeDigest: (code: readonly CodeBlock[]) => string;
  /** Package URLs in the front matter of the entry that a file belongs to; empty when it says nothing. */
  readonly packagesOf: (path: string) => readonly string[];
}

/**
 * A summary with what proof.json says of the file; the AST is written again with it.
 *
 * A file whose code or packages are not those that were checked keeps what the build itself proved.
 */
export function applyProof(
  summary: FileSummary,
  { proof, store, codeDigest, packagesOf }: ProofContext,
): FileSummary {
  const found = Object.hasOwn(proof.files, summary.path) ? proof.files[summary.path] : undefined;
  if (found === undefined) return summary;
  const packages = packagesOf(summary.path);
  if (packages.length > 0 && lockName(npmPackages(packages)) !== found.lock) return summary;
  const ast = JSON.parse(Buffer.from(summary.ast.bytes()).toString("utf8")) as DocumentAst;
  if (codeDigest(ast.code) !== found.code) return summary;
  const code = ast.code.map((block) => proven(block, found, proof.tool));
  return {
    ...summary,
    ast: storedPart(store, summary.ast.path, jsonBytes({ ...ast, code })),
    verified: verifiedCount(code.map(({ verification }) => verification)),
  };
}

function proven(block: CodeBlock, { blocks, packages }: FileProof, tool: string): CodeBlock {
  const verdict = blocks.find(({ index }) => index === block.index);
  if (verdict === undefined) return block;
  const { status, package: url, message, line, column } = verdict;
  const integrity = url === undefined ? undefined : packages[url];
  const verification: BlockVerification = {
    status,
    checks: status === "skipped" ? block.verification.checks : ["syntax", "types"],
    ...(status !== "skipped" && { tool }),
    ...(url !== undefined && { package: url }),
    ...(integrity !== undefined && { integrity }),
    ...(message !== undefined && { message }),
    ...(line !== undefined && { line: block.range.start.line + line }),
    ...(column !== undefined && { column }),
  };
  return { ...block, verification };
}
