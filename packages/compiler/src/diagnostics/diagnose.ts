import { CORE_RULES, type CoreRuleId } from "./core-rules.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { RuleInfo } from "./rule-info.ts";

/** What one occurrence adds to a rule. */
export type Occurrence = Pick<Diagnostic, "file" | "range" | "message"> &
  Partial<Pick<Diagnostic, "severity" | "labels" | "help" | "fixes" | "data">>;

/** A diagnostic of discovery, parsing or validation. */
export function diagnose(rule: CoreRuleId, occurrence: Occurrence): Diagnostic {
  const info = BY_ID.get(rule);
  if (info === undefined) throw new Error(`Unknown core rule ${rule}`);
  return diagnosticOf(info, occurrence);
}

/** A diagnostic of any rule, with the rule's severity and help unless the occurrence has its own. */
export function diagnosticOf(info: RuleInfo, occurrence: Occurrence): Diagnostic {
  const { severity = info.severity, help = info.help, ...rest } = occurrence;
  return { code: info.code, rule: info.id, severity, help, ...rest };
}

const BY_ID: ReadonlyMap<string, RuleInfo> = new Map(CORE_RULES.map((rule) => [rule.id, rule]));
