import { ChubError } from "@chub/registry/errors";
import type { Command } from "../command.ts";
import { COMMANDS } from "../commands.ts";
import type { CommandEntry } from "../commands.ts";
import { COMPLETION } from "../completion/completion-command.ts";
import { nearest } from "../nearest.ts";
import { quoteInput } from "../terminal/neutralise.ts";
import { commandHelp } from "./command-help.ts";
import { withRemoteHelp } from "./remote-help.ts";
import { rootHelp } from "./root-help.ts";

/** `chub help`: apart from the table of commands, because it reads the table. */
export const HELP: CommandEntry = {
  name: "help",
  summary: "Explain chub or one command",
  load: async () => helpCommand,
};

const helpCommand: Command = {
  usage: "help [command]",
  positionals: { name: "command", minimum: 0, maximum: 1 },
  options: [],
  examples: [
    { command: "chub help", does: "Where to start, and every command" },
    { command: "chub help get", does: "Options and examples of one command" },
  ],
  async run(args, ports) {
    const [name] = args.positionals;
    const entries = [...COMMANDS, COMPLETION, HELP];
    if (name === undefined) return withRemoteHelp(await rootHelp(entries, ports.version()), ports);
    const entry = entries.find((candidate) => candidate.name === name);
    if (entry !== undefined) return commandHelp(entry, await entry.load());
    const meant = nearest(
      name,
      entries.map((candidate) => candidate.name),
    );
    throw new ChubError("USAGE", `No help for unknown command ${quoteInput(name)}`, {
      hint: `${meant === null ? "" : `Did you mean \`chub help ${meant}\`? `}See \`chub help\``,
    });
  },
};
