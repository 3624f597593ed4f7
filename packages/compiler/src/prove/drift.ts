import type { BlockVerification } from "@chub/registry";
import { npmPackageUrl } from "../6-verify/wanted-packages.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { RuleInfo } from "../diagnostics/rule-info.ts";
import { proofDiagnostics } from "./proof-diagnostics.ts";
import type { ProvenFile } from "./prove-content.ts";

/** What other versions of its packages break in one file. */
export interface FileDrift {
  readonly path: string;
  /** Package URLs. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly breaks: readonly { readonly index: number; readonly verification: BlockVerification }[];
  /** Blocks that fail with the documented versions already. */
  readonly failedBefore: number;
}

export interface DriftReport {
  /** Files whose packages have another version, by path. */
  readonly files: readonly FileDrift[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Blocks that passed and fail. Both lists are of the same files, in the same order. */
export function driftBetween(
  before: readonly ProvenFile[],
  after: readonly ProvenFile[],
  syntaxRule: RuleInfo,
): DriftReport {
  const broken = after.map((found, i) => onlyBroken(found, before[i]!));
  const files = broken.flatMap((found, i): readonly FileDrift[] => {
    const from = before[i]!.wanted.map(npmPackageUrl);
    const to = found.wanted.map(npmPackageUrl);
    if (from.join(" ") === to.join(" ")) return [];
    const breaks = found.verification.flatMap((verification, index) =>
      verification.status === "failed"
        ? [{ index: found.file.code[index]!.index, verification }]
        : [],
    );
    const failedBefore = before[i]!.verification.filter(({ status }) => status === "failed").length;
    return [{ path: found.file.path, from, to, breaks, failedBefore }];
  });
  return { files, diagnostics: proofDiagnostics(broken, syntaxRule) };
}

/** What failed before is no drift and counts as passed here. */
function onlyBroken(found: ProvenFile, { verification }: ProvenFile): ProvenFile {
  return {
    ...found,
    verification: found.verification.map((block, i) =>
      verification[i]!.status === "failed" ? { ...block, status: "passed" as const } : block,
    ),
  };
}
