import type { Command } from "../command.ts";

export const buildCommand: Command = handedOver("build", "build <content-dir> [options]", [
  { command: "chub build content -o dist", does: "Compile a content folder" },
  { command: "chub build content --validate-only", does: "Only check it" },
]);

export const lintCommand: Command = handedOver("lint", "lint [paths...] [options]", [
  { command: "chub lint content", does: "Check all documents of a folder" },
]);

export const verifyCommand: Command = handedOver("verify", "verify [paths...] [options]", [
  { command: "chub verify content", does: "Check all code blocks of a folder" },
]);

export const outdatedCommand: Command = handedOver("outdated", "outdated [paths...] [options]", [
  { command: "chub outdated content", does: "Compare documents with the package registries" },
]);

export const newCommand: Command = handedOver("new", "new doc|skill [options]", [
  { command: "chub new doc acme/widgets --lang javascript", does: "Write the frame of a document" },
]);

/** A command of the compiler under the name of chub: its options, streams and exit code are the compiler's. */
function handedOver(name: string, usage: string, examples: Command["examples"]): Command {
  return {
    usage,
    positionals: { name: "argument", minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    options: [],
    examples,
    passThrough: true,
    async run(args, ports) {
      const exitCode = await ports.runCompiler([name, ...args.positionals]);
      return { exitCode, out: [], err: [], json: undefined };
    },
  };
}
