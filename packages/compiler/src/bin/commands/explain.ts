import { parseArgs } from "node:util";
import { ChubError } from "@chub/registry";
import { nearest } from "../../diagnostics/did-you-mean.ts";
import { ruleUrl } from "../../diagnostics/report.ts";
import type { RuleInfo } from "../../diagnostics/rule-info.ts";
import { ALL_RULES, findRule } from "../../4-lint/rule-catalog.ts";
import type { Command } from "../command.ts";
import { EXIT } from "../command.ts";
import { usageErrors } from "../usage.ts";

export const explainCommand: Command = {
  help: `Usage: chubc explain <code|rule> [--json]

Says what a diagnostic means, why it matters and what to do.

Options:
  --json  Write the rule as JSON

Examples:
  chubc explain CHUB1014
  chubc explain frontmatter/name
`,
  async run(args, io) {
    const { values, positionals } = usageErrors(() =>
      parseArgs({
        args: [...args],
        allowPositionals: true,
        options: { json: { type: "boolean" } },
      }),
    );
    const [name, more] = positionals;
    if (name === undefined || more !== undefined) {
      throw new ChubError("USAGE", "Expected one code or rule", {
        hint: "For example `chubc explain CHUB1014`.",
      });
    }
    const rule = findRule(name) ?? findRule(name.toUpperCase()) ?? unknown(name);
    await io.out(
      values.json === true ? `${JSON.stringify(infoOf(rule), null, 2)}\n` : explanation(rule),
    );
    return EXIT.clean;
  },
};

function explanation({ id, code, severity, fixable, summary, why, help }: RuleInfo): string {
  const fix =
    fixable === undefined ? "" : `, fixed by --fix${fixable === "unsafe" ? "=unsafe" : ""}`;
  return `${code} ${id} (${severity}${fix})\n\n${summary}\n\nWhy: ${why}\nDo:  ${help}\n\n${ruleUrl(id)}\n`;
}

/** The public fields; a rule itself also carries its check. */
export function infoOf({ id, code, severity, fixable, summary, why, help }: RuleInfo): object {
  return {
    code,
    rule: id,
    severity,
    fixable: fixable ?? null,
    summary,
    why,
    help,
    url: ruleUrl(id),
  };
}

function unknown(name: string): never {
  const near = nearest(
    name,
    ALL_RULES.flatMap(({ id, code }) => [id, code]),
  );
  throw new ChubError("USAGE", `Unknown code or rule ${JSON.stringify(name)}`, {
    hint: near === null ? "`chubc rules` lists them." : `Did you mean \`chubc explain ${near}\`?`,
  });
}
