#!/usr/bin/env node
import { exitCodeOf, isChubError } from "@chub/registry";
import { nearest } from "../diagnostics/did-you-mean.ts";
import { type Command, EXIT, type CommandIo } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { processIo } from "./process-io.ts";
import { mainHelp } from "./main-help.ts";
import { compilerVersion } from "./version.ts";

/** The only place that turns a failure into an exit code. */
async function main(args: readonly string[], io: CommandIo): Promise<number> {
  try {
    return await dispatch(args, io);
  } catch (error) {
    if (isChubError(error)) {
      await io.err(`error: ${error.message}\n${error.hint}\n`);
      return exitCodeOf(error.code);
    }
    await io.err(
      `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n${BUG}\n`,
    );
    return EXIT.bug;
  }
}

async function dispatch(args: readonly string[], io: CommandIo): Promise<number> {
  const [first, ...rest] = args;
  if (first === undefined || first === "--help" || first === "-h" || first === "help") {
    return help(first === "help" ? rest[0] : undefined, io);
  }
  if (first === "--version" || first === "-V") {
    await io.out(`${compilerVersion()}\n`);
    return EXIT.clean;
  }
  const entry = Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined;
  if (entry === undefined) return unknown(first, io);
  const command = await entry.load();
  if (rest.includes("--help") || rest.includes("-h")) {
    await io.out(helpOf(command, io));
    return EXIT.clean;
  }
  return command.run(rest, io);
}

async function help(name: string | undefined, io: CommandIo): Promise<number> {
  if (name === undefined) {
    await io.out(mainHelp());
    return EXIT.clean;
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry === undefined) return unknown(name, io);
  await io.out(helpOf(await entry.load(), io));
  return EXIT.clean;
}

/** `chub` runs some commands of this program: the examples must be what its user types. */
function helpOf({ help }: Command, { program }: CommandIo): string {
  return help.replaceAll(/\bchubc (?=build|lint)/g, `${program} `);
}

async function unknown(name: string, io: CommandIo): Promise<number> {
  const kind = name.startsWith("-") ? "option" : "command";
  const near = nearest(name, Object.keys(COMMANDS));
  const hint =
    near === null ? "`chubc --help` lists the commands." : `Did you mean \`chubc ${near}\`?`;
  await io.err(`error: Unknown ${kind} ${JSON.stringify(name)}\n${hint}\n`);
  return EXIT.usage;
}

const BUG =
  "This is a bug in chubc. Please report it with the lines above: https://github.com/chub-dev/chub/issues";

// Last, because it needs the constants above.
process.exitCode = await main(process.argv.slice(2), processIo());
