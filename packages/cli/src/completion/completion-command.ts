import { ChubError, isChubError } from "@chub/registry/errors";
import type { Command } from "../command.ts";
import type { CommandEntry } from "../commands.ts";
import { COMMANDS } from "../commands.ts";
import type { Ports } from "../ports.ts";
import { done, line } from "../reply.ts";
import { quoteInput } from "../terminal/neutralise.ts";
import { completionScript, SHELLS } from "./completion-scripts.ts";
import { completionWords } from "./completion-words.ts";

/** `chub completion`: apart from the table of commands, because it reads the table. */
export const COMPLETION: CommandEntry = {
  name: "completion",
  summary: "A script that completes commands, options and ids in a shell",
  load: async () => completionCommand,
};

const completionCommand: Command = {
  usage: "completion <bash|zsh|fish|pwsh>",
  positionals: { name: "shell", minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
  options: [
    {
      name: "line",
      kind: "flag",
      description: "For the scripts: words that may follow those after --",
    },
  ],
  examples: [
    { command: "chub completion bash >> ~/.bashrc", does: "For bash" },
    { command: "chub completion zsh >> ~/.zshrc", does: "For zsh" },
    { command: "chub completion fish > ~/.config/fish/completions/chub.fish", does: "For fish" },
    { command: "chub completion pwsh >> $PROFILE", does: "For PowerShell" },
  ],
  async run(args, ports) {
    const [name = "", extra] = args.positionals;
    if (args.flag("line")) {
      const commands = [...COMMANDS, COMPLETION];
      const words = await completionWords(args.positionals, {
        commands,
        openCatalog: () => catalogOf(ports),
      });
      return done({ out: words.map((word) => line(word)), json: { words } });
    }
    const shell = SHELLS.find((known) => known === name);
    if (shell === undefined || extra !== undefined) {
      throw new ChubError("USAGE", `Unknown shell ${quoteInput(extra ?? name)}`, {
        hint: `Known: ${SHELLS.join(", ")}`,
      });
    }
    const script = completionScript(shell);
    return done({ out: [{ kind: "document", text: script }], json: { shell, script } });
  },
};

/** Completion stays quiet when sources cannot be read. */
async function catalogOf(ports: Ports) {
  try {
    return (await ports.openReader()).catalog;
  } catch (cause) {
    if (isChubError(cause)) return null;
    throw cause;
  }
}
