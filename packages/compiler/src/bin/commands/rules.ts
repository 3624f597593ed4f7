import { parseArgs } from "node:util";
import { ALL_RULES } from "../../4-lint/rule-catalog.ts";
import { type Command, EXIT } from "../command.ts";
import { usageErrors } from "../usage.ts";
import { infoOf } from "./explain.ts";

export const rulesCommand: Command = {
  help: `Usage: chubc rules [--json]

Lists every rule: code, default severity, whether --fix repairs it, id and what it asks for.

Options:
  --json  Write the rules as JSON

Examples:
  chubc rules
  chubc rules --json
`,
  async run(args, io) {
    const { values } = usageErrors(() =>
      parseArgs({ args: [...args], options: { json: { type: "boolean" } } }),
    );
    if (values.json === true) {
      await io.out(`${JSON.stringify(ALL_RULES.map(infoOf), null, 2)}\n`);
      return EXIT.clean;
    }
    const width = Math.max(...ALL_RULES.map(({ id }) => id.length));
    const rows = ALL_RULES.map(({ code, severity, fixable, id, summary }) =>
      [
        code,
        severity.padEnd(7),
        (fixable === undefined ? "" : "fix").padEnd(3),
        id.padEnd(width),
        summary,
      ].join("  "),
    );
    await io.out(`${rows.join("\n")}\n`);
    return EXIT.clean;
  },
};
