import { ChubError } from "@chub/registry";
import type { Command } from "../command.ts";
import { COMMANDS } from "../commands.ts";
import { commandHelp } from "../help/command-help.ts";
import { rootHelp } from "../help/root-help.ts";
import { nearest } from "../nearest.ts";
import { quoteInput } from "../terminal/neutralise.ts";

export const helpCommand: Command = {
  usage: "help [command]",
  positionals: { name: "command", minimum: 0, maximum: 1 },
  options: [],
  examples: [
    { command: "chub help", does: "Where to start, and every command" },
    { command: "chub help get", does: "Options and examples of one command" },
  ],
  async run(args) {
    const [name] = args.positionals;
    if (name === undefined) return rootHelp();
    const entry = COMMANDS.find((candidate) => candidate.name === name);
    if (entry !== undefined) return commandHelp(entry, await entry.load());
    const meant = nearest(name, COMMANDS.map((candidate) => candidate.name));
    throw new ChubError("USAGE", `No help for unknown command ${quoteInput(name)}`, {
      hint: `${meant === null ? "" : `Did you mean \`chub help ${meant}\`? `}See \`chub help\``,
    });
  },
};
