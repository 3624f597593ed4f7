import { CORE_RULES } from "../diagnostics/core-rules.ts";
import { PROOF_RULES } from "../diagnostics/proof-rules.ts";
import type { RuleInfo } from "../diagnostics/rule-info.ts";
import { byCodeUnit } from "@chub/registry";
import type { SuppressionTargets } from "./apply-suppressions.ts";
import { PROJECT_RULES, RULES } from "./rules.ts";
import { SUPPRESSION_RULES } from "./suppression-rules.ts";

/** Everything the compiler can report, sorted by code. */
export const ALL_RULES: readonly RuleInfo[] = [
  ...CORE_RULES,
  ...Object.values(PROOF_RULES),
  ...RULES,
  ...PROJECT_RULES,
  ...Object.values(SUPPRESSION_RULES),
].sort((a, b) => byCodeUnit(a.code, b.code));

/** Ids of all rules: what a configuration can name. */
export const RULE_IDS: ReadonlySet<string> = new Set(ALL_RULES.map(({ id }) => id));

/** A rule by its id or code. */
export function findRule(name: string): RuleInfo | undefined {
  return ALL_RULES.find(({ id, code }) => id === name || code === name);
}

/** What suppression comments can name. */
export const TARGETS: SuppressionTargets = {
  find: (name) => RULES.find(({ id, code }) => id === name || code === name),
  exists: (name) => findRule(name) !== undefined,
};
