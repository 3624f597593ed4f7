import { ruleUrl } from "../src/diagnostics/report.ts";
import type { RuleInfo } from "../src/diagnostics/rule-info.ts";

/** A finding of the rule in its fixture. */
export interface RuleExample {
  readonly text: string;
  readonly findings: string;
}

/** Page of docs/rules about one rule, from what the rule says of itself and its first fixture. */
export function rulePage(rule: RuleInfo, example: RuleExample | null): string {
  const { id, code, severity, fixable, optIn, summary, why, help } = rule;
  const properties = [
    `\`${code}\``,
    optIn === true ? `off by default (\`${severity}\` when switched on)` : severity,
    ...(fixable === undefined
      ? []
      : [`repaired by \`chubc lint --fix${fixable === "unsafe" ? "=unsafe" : ""}\``]),
  ];
  const parts = [
    `# ${id}`,
    properties.join(", "),
    summary,
    "## Why",
    why,
    "## What to do",
    help,
    ...exampleParts(example),
  ];
  return `<!-- Generated from the rule by \`vitest run packages/compiler/test/rules.test.ts -u\`. Do not edit. ${ruleUrl(id)} -->\n\n${parts.join("\n\n")}\n`;
}

/** Short and visible examples only: the others are in the fixtures. */
function exampleParts(example: RuleExample | null): readonly string[] {
  if (example === null || example.text.length > 800 || /[^\n\x20-\x7E]/.test(example.text))
    return [];
  const longest = Math.max(
    3,
    ...Array.from(example.text.matchAll(/`+/g), ([ticks]) => ticks.length + 1),
  );
  const fence = "`".repeat(longest);
  return [
    "## Example",
    `${fence}markdown\n${example.text.trimEnd()}\n${fence}`,
    `gives\n\n${fence}text\n${example.findings.trimEnd()}\n${fence}`,
  ];
}
