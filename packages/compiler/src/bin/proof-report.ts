import type { BlockVerification } from "@chub/registry";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { lockOf } from "../6-verify/types/environment.ts";
import type { ProvenFile } from "../prove/prove-content.ts";
import { npmPackageUrl } from "../6-verify/wanted-packages.ts";

/** Every file and every block with its verdict; the same for the same content and packages. */
export function proofJson(
  proven: readonly ProvenFile[],
  { diagnostics, tool }: { diagnostics: readonly Diagnostic[]; tool: string },
): string {
  const record = {
    tool,
    totals: totalsOf(proven),
    files: proven.map((found) => ({
      path: found.file.path,
      packages: found.wanted.map(npmPackageUrl),
      missing: found.environment?.missing ?? [],
      lock: found.environment === null ? [] : lockOf(found.environment),
      blocks: found.file.code.map(({ index, language, range }, i) => ({
        index,
        language,
        line: range.start.line,
        verification: found.verification[i],
      })),
    })),
    diagnostics,
  };
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** The line at the end of a run. */
export function proofSummary(proven: readonly ProvenFile[], elapsedMs: number): string {
  const { blocks, passed, failed, skipped, typed, packages } = totalsOf(proven);
  const files = `${proven.length} ${proven.length === 1 ? "file" : "files"}`;
  const against = typed === 0 ? "" : ` (types of ${typed} against ${packages} packages)`;
  return `${files}, ${blocks} code blocks: ${passed} passed${against}, ${failed} failed, ${skipped} skipped, ${(elapsedMs / 1000).toFixed(1)} s\n`;
}

function totalsOf(proven: readonly ProvenFile[]) {
  const blocks = proven.flatMap(({ verification }) => verification);
  const count = (is: (block: BlockVerification) => boolean): number => blocks.filter(is).length;
  return {
    blocks: blocks.length,
    passed: count(({ status }) => status === "passed"),
    failed: count(({ status }) => status === "failed"),
    skipped: count(({ status }) => status === "skipped"),
    typed: count(({ checks }) => checks.includes("types")),
    packages: new Set(blocks.flatMap(({ package: url }) => url ?? [])).size,
  };
}
