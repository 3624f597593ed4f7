import { ChubError } from "@chub/registry/errors";
import type { Command } from "../command.ts";

/** The name is kept free, so that a script which tries it today is not surprised by what it does one day. */
export const serveCommand: Command = {
  usage: "serve",
  positionals: { name: "argument", minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
  options: [],
  examples: [{ command: "chub serve", does: "Says what serves documents today" }],
  async run() {
    throw new ChubError("USAGE", "`chub serve` is reserved and does nothing yet", {
      hint: "Serve an artifact from any static host, or run `chub-mcp --http`",
    });
  },
};
