import { byCodeUnit } from "@chub/registry";
import type { BlockProof, FileProof } from "../3-validate/generated/proof.ts";
import { lockOf } from "../6-verify/types/environment.ts";
import { lockName } from "../6-verify/wanted-packages.ts";
import type { ProvenFile } from "./prove-content.ts";

/**
 * Text of proof.json: one line for each file and each package, so that a change is a small difference.
 *
 * Only files with a block whose types were checked are in it. Pure; the same verdicts give the same text.
 */
export function proofText(proven: readonly ProvenFile[], tool: string): string {
  const files = new Map<string, FileProof>();
  const locks = new Map<string, readonly string[]>();
  for (const found of proven) {
    const proof = fileProof(found);
    if (proof === null || found.environment === null) continue;
    files.set(found.file.path, proof);
    locks.set(proof.lock, lockOf(found.environment));
  }
  return [
    `{"format": 1, "tool": ${JSON.stringify(tool)}, "locks": {`,
    sorted(locks)
      .map(([name, lines]) => `${JSON.stringify(name)}: [\n${lines.map(quoted).join(",\n")}]`)
      .join(",\n"),
    `}, "files": {`,
    sorted(files)
      .map(([path, proof]) => `${JSON.stringify(path)}: ${JSON.stringify(proof)}`)
      .join(",\n"),
    "}}\n",
  ].join("\n");
}

function fileProof({ file, wanted, verification, unfinished }: ProvenFile): FileProof | null {
  const blocks = verification.flatMap((found, i): BlockProof[] => {
    const block = file.code[i]!;
    const isChecked = found.checks.includes("types");
    if (!isChecked && !(unfinished && found.message !== file.syntax[i]!.message)) return [];
    const { status, message, line, column } = found;
    return [
      {
        index: block.index,
        status,
        ...(found.package !== undefined && { package: found.package }),
        ...(message !== undefined && { message }),
        ...(line !== undefined && { line: line - block.range.start.line }),
        ...(column !== undefined && { column }),
      },
    ];
  });
  if (blocks.length === 0) return null;
  const packages = new Map(
    verification.flatMap(({ package: url, integrity }) =>
      url === undefined || integrity === undefined ? [] : [[url, integrity] as const],
    ),
  );
  return {
    code: file.digest,
    lock: lockName(wanted),
    packages: Object.fromEntries(sorted(packages)),
    blocks,
  };
}

function sorted<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...map].sort(([a], [b]) => byCodeUnit(a, b));
}

function quoted(line: string): string {
  return JSON.stringify(line);
}
