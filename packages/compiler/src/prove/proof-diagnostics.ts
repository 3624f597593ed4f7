import type { BlockVerification } from "@chub/registry";
import { diagnosticOf } from "../diagnostics/diagnose.ts";
import type { Diagnostic, SourceRange } from "../diagnostics/diagnostic.ts";
import { orderDiagnostics } from "../diagnostics/order.ts";
import { PROOF_RULES } from "../diagnostics/proof-rules.ts";
import type { RuleInfo } from "../diagnostics/rule-info.ts";
import { FILE_START, lineStartsOf, pointAt, rangeIn } from "../diagnostics/text-position.ts";
import { UNPUBLISHED } from "./resolve-environment.ts";
import type { ProvenFile } from "./prove-content.ts";

/** What is wrong, as diagnostics: failed blocks, versions that do not exist, files the checker did not finish. */
export function proofDiagnostics(
  proven: readonly ProvenFile[],
  syntaxRule: RuleInfo,
): readonly Diagnostic[] {
  return orderDiagnostics(
    proven.flatMap((found) => [
      ...unpublishedPackages(found),
      ...unfinishedFile(found),
      ...found.verification.flatMap((block) => failedBlock(block, found, syntaxRule)),
    ]),
  );
}

function failedBlock(
  {
    status,
    checks,
    message = "it is wrong",
    line = 1,
    column = 1,
    package: url,
  }: BlockVerification,
  { file }: ProvenFile,
  syntaxRule: RuleInfo,
): readonly Diagnostic[] {
  if (status !== "failed") return [];
  const isTypes = checks.includes("types");
  return [
    diagnosticOf(isTypes ? PROOF_RULES.types : syntaxRule, {
      severity: "error",
      file: file.path,
      range: placeIn(file.text, line, column),
      message: `${url === undefined ? "" : `${url}: `}${message}`,
      data: { checks, ...(url !== undefined && { package: url }) },
    }),
  ];
}

function unfinishedFile({ unfinished, file }: ProvenFile): readonly Diagnostic[] {
  if (!unfinished) return [];
  const message = "Unexpected end of the type checker, expected a verdict on each block";
  return [diagnosticOf(PROOF_RULES.unfinished, { file: file.path, range: FILE_START, message })];
}

/** Said where the front matter says it; of the entry only, not of each companion. */
function unpublishedPackages({ environment, file }: ProvenFile): readonly Diagnostic[] {
  if (environment === null || file.facts === null) return [];
  return environment.missing.flatMap(({ name, reason }) => {
    if (!reason.endsWith(UNPUBLISHED)) return [];
    const place = [name, name.replace("@", "%40")]
      .map((written) => ({ written, at: file.text.indexOf(`pkg:npm/${written}`) }))
      .find(({ at }) => at !== -1);
    const range =
      place === undefined
        ? FILE_START
        : rangeIn(file.text, place.at, place.at + "pkg:npm/".length + place.written.length);
    const message = `Unexpected package: ${reason}`;
    return [diagnosticOf(PROOF_RULES.unpublished, { file: file.path, range, message })];
  });
}

function placeIn(text: string, line: number, column: number): SourceRange {
  const starts = lineStartsOf(text);
  const at = Math.min((starts[line - 1] ?? 0) + column - 1, text.length);
  const word = /^[\w$]+/.exec(text.slice(at, at + 200))?.[0].length ?? 1;
  return {
    start: pointAt(starts, at),
    end: pointAt(starts, Math.min(text.length, at + word)),
  };
}
