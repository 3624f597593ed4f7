import type { Command, OptionSpec } from "../command.ts";
import { GLOBAL_OPTIONS } from "../command.ts";
import type { CommandEntry } from "../commands.ts";
import { done, line, toned } from "../reply.ts";
import type { Block, Reply } from "../reply.ts";

/** Help of one command: what it does, its options, examples. */
export function commandHelp(entry: CommandEntry, command: Command): Reply {
  return done({ out: helpBlocks(entry, command), json: commandHelpJson(entry, command) });
}

/** The same as data. */
export function commandHelpJson(entry: CommandEntry, command: Command) {
  return {
    name: entry.name,
    summary: entry.summary,
    usage: `chub ${command.usage}`,
    options: [...command.options, ...GLOBAL_OPTIONS].map((spec) => ({
      option: optionShape(spec).trim(),
      description: optionText(spec),
    })),
    examples: command.examples,
  };
}

function helpBlocks(entry: CommandEntry, command: Command): Block[] {
  const specs = [...command.options, ...GLOBAL_OPTIONS];
  const width = Math.max(...specs.map((spec) => optionShape(spec).length));
  return [
    line(entry.summary + "."),
    line(),
    line(toned("bold", "Usage: "), `chub ${command.usage}`),
    line(),
    line(toned("bold", "Options")),
    ...specs.map((spec) => line(`  ${optionShape(spec).padEnd(width)}  ${optionText(spec)}`)),
    line(),
    line(toned("bold", "Examples")),
    ...command.examples.flatMap((example) => [
      line(toned("dim", `  # ${example.does}`)),
      line(`  ${example.command}`),
    ]),
  ];
}

function optionShape(spec: OptionSpec): string {
  const short = spec.short === undefined ? "    " : `-${spec.short}, `;
  return `${short}--${spec.name}${spec.value === undefined ? "" : ` ${spec.value}`}`;
}

function optionText(spec: OptionSpec): string {
  const choices = spec.choices === undefined ? "" : `: ${spec.choices.join(", ")}`;
  return `${spec.description}${choices}`;
}
