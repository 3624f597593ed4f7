import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { CoreRuleId } from "../diagnostics/core-rules.ts";
import { FILE_START } from "../diagnostics/text-position.ts";
import type { Discovered } from "./source-file.ts";

/** What an author should know of the files that discovery left out. */
export function skippedDiagnostics({ skipped }: Discovered): readonly Diagnostic[] {
  return skipped.flatMap(({ path, reason }) => {
    const rule = ruleFor(reason);
    if (rule === null) return [];
    return [
      diagnose(rule, { file: path, range: FILE_START, message: messageFor(rule, path, reason) }),
    ];
  });
}

function ruleFor(reason: string): CoreRuleId | null {
  if (reason.startsWith("path grammar")) return "files/portable-path";
  return RULES[reason] ?? null;
}

function messageFor(rule: CoreRuleId, path: string, reason: string): string {
  if (rule === "files/portable-path")
    return `Unexpected path: ${reason.slice("path grammar: ".length)}`;
  return `Unexpected ${reason} ${JSON.stringify(path.slice(path.lastIndexOf("/") + 1))}: it is not published`;
}

const RULES: Readonly<Record<string, CoreRuleId>> = {
  "symbolic link": "files/no-symlink",
  "not a regular file": "files/no-symlink",
  dotfile: "files/not-published",
};
