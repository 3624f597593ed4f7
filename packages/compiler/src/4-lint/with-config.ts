import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { LintConfig } from "./lint-config.ts";
import { findRule } from "./rule-catalog.ts";

/**
 * Diagnostics of discovery, parsing and validation with the severities of the configuration.
 *
 * A finding that has another severity than its rule keeps it as long as the configuration leaves the rule alone.
 */
export function withConfig(
  diagnostics: readonly Diagnostic[],
  config: LintConfig,
): readonly Diagnostic[] {
  return diagnostics.flatMap((diagnostic) => {
    const rule = findRule(diagnostic.rule);
    if (rule === undefined) return [diagnostic];
    const { severity } = config.settingOf(rule, diagnostic.file);
    if (severity === "off") return [];
    return [severity === rule.severity ? diagnostic : { ...diagnostic, severity }];
  });
}
