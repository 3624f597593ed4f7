import type { BlockVerification } from "@chub/registry";
import type { ExtractedCode } from "../5-extract/file-facts.ts";
import { fenceWords } from "./fence-words.ts";
import type { TypesVerdict } from "./types/code-document.ts";
import { placeInFile } from "./verify-block.ts";

/** What the types of a document were checked with. */
export interface TypesEvidence {
  /** `name@version` of the checker. */
  readonly tool: string;
  /** Package URL and integrity by name of the package. */
  readonly packages: ReadonlyMap<string, { readonly url: string; readonly integrity: string }>;
  /** Lines of the file. */
  readonly lines: () => readonly string[];
}

/** The verification of a block whose syntax was checked, with what the types say. */
export function mergeTypes(
  block: ExtractedCode,
  verification: BlockVerification,
  { verdict, evidence }: { verdict: TypesVerdict; evidence: TypesEvidence },
): BlockVerification {
  const words = fenceWords(block.meta);
  if (words.expectError) return expected(block, { verdict, evidence, code: words.expectedCode });
  if (verdict.outcome === "unrelated") return verification;
  const checked = { checks: CHECKS, tool: evidence.tool, ...packageOf(verdict, evidence) };
  if (verdict.error === undefined) return { status: "passed", ...checked };
  const { code, message, line, column } = verdict.error;
  return {
    status: "failed",
    ...checked,
    message: `TS${code}: ${message}`,
    ...placeInFile(line, column, { block, lines: evidence.lines() }),
  };
}

/** A block that is wrong on purpose passes when it is. */
function expected(
  block: ExtractedCode,
  {
    verdict,
    evidence,
    code,
  }: { verdict: TypesVerdict; evidence: TypesEvidence; code: number | undefined },
): BlockVerification {
  const isWrong = code === undefined ? verdict.outcome === "failed" : verdict.codes.includes(code);
  const checked = { checks: CHECKS, tool: evidence.tool, ...packageOf(verdict, evidence) };
  if (isWrong) return { status: "passed", ...checked };
  return {
    status: "failed",
    ...checked,
    message: `Unexpected success, expected ${code === undefined ? "an error" : `TS${code}`}`,
    ...placeInFile(1, 1, { block, lines: evidence.lines() }),
  };
}

function packageOf(
  { packageName }: TypesVerdict,
  { packages }: TypesEvidence,
): { package?: string; integrity?: string } {
  const found = packageName === undefined ? undefined : packages.get(packageName);
  return found === undefined ? {} : { package: found.url, integrity: found.integrity };
}

const CHECKS: BlockVerification["checks"] = ["syntax", "types"];
