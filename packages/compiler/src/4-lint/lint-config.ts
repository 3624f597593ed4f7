import type { CompilerConfig, Rules } from "../3-validate/generated/compiler-config.ts";
import { globMatcher } from "../1-discover/glob.ts";
import type { Severity } from "../diagnostics/diagnostic.ts";
import type { RuleInfo } from "../diagnostics/rule-info.ts";
import type { Surroundings } from "./rule.ts";

/** How a run lints: what the configuration says of each rule and file, and what stands outside the files. */
export interface LintConfig {
  readonly surroundings: Surroundings;
  /** What applies to the rule for a file of the tree. */
  settingOf(rule: RuleInfo, file: string): RuleSetting;
}

export interface RuleSetting {
  readonly severity: Severity | "off";
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * The lint configuration of a run.
 *
 * `config` is what chub.config.json says, or null without one: then every rule has its own severity. Later
 * overrides win over earlier ones, and overrides win over `rules`.
 */
export function lintConfigOf(
  config: CompilerConfig | null,
  surroundings: Surroundings,
): LintConfig {
  const base = config?.rules ?? {};
  const overrides = (config?.overrides ?? []).map(({ files, rules }) => ({
    matches: globMatcher(files),
    rules,
  }));
  return {
    surroundings,
    settingOf(rule, file) {
      const written = overrides
        .filter(({ rules, matches }) => Object.hasOwn(rules, rule.id) && matches(file))
        .map(({ rules }) => rules[rule.id])
        .at(-1);
      return settingFrom(written ?? ownValue(base, rule.id), rule);
    },
  };
}

function ownValue(rules: Rules, id: string): Rules[string] | undefined {
  return Object.hasOwn(rules, id) ? rules[id] : undefined;
}

function settingFrom(written: Rules[string] | undefined, rule: RuleInfo): RuleSetting {
  const [severity, options] = Array.isArray(written) ? written : [written];
  return {
    severity: SEVERITIES.find((known) => known === severity) ?? standardSeverity(rule),
    options:
      typeof options === "object" && options !== null
        ? (options as Record<string, unknown>)
        : NO_OPTIONS,
  };
}

function standardSeverity({ severity, optIn }: RuleInfo): RuleSetting["severity"] {
  return optIn === true ? "off" : severity;
}

const SEVERITIES = ["off", "info", "warning", "error"] as const;
const NO_OPTIONS = {};
