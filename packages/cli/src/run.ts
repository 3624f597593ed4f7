import { ChubError, isChubError } from "@chub/registry/errors";
import { parseArguments } from "./arguments/parse-arguments.ts";
import { COMMANDS } from "./commands.ts";
import type { CommandEntry } from "./commands.ts";
import { bugReply, errorReply } from "./error-reply.ts";
import { nearest } from "./nearest.ts";
import type { Ports, Reader } from "./ports.ts";
import { done, line, toned } from "./reply.ts";
import type { Reply } from "./reply.ts";
import { quoteInput } from "./terminal/neutralise.ts";

export interface Outcome {
  readonly reply: Reply;
  /** Whether stdout is the JSON form. */
  readonly json: boolean;
}

/** The reply to a command line, whatever it is: usage mistakes, failures and bugs become replies. */
export async function run(argv: readonly string[], ports: Ports): Promise<Outcome> {
  const { watched, opened } = watchReader(ports);
  const reply = await replyOrFailure(argv, watched);
  const configuration = opened()?.configuration;
  const unkept = opened()?.catalog.cacheProblem() ?? null;
  const warnings = [
    ...(configuration?.warnings ?? []),
    ...(unkept === null ? [] : [`nothing is kept for later: ${unkept.message}`]),
  ].map((text) => line(toned("yellow", `Warning: ${text}`)));
  const json = hasJsonFlag(argv) || configuration?.outputFormat === "json";
  return { reply: { ...reply, err: [...warnings, ...reply.err] }, json };
}

/** The same ports, and what the command opened: its configuration has a say in how the reply is shown. */
function watchReader(ports: Ports) {
  let reader: Reader | undefined;
  const openReader = async () => {
    reader = await ports.openReader();
    return reader;
  };
  return { watched: { ...ports, openReader }, opened: () => reader };
}

async function replyOrFailure(argv: readonly string[], ports: Ports): Promise<Reply> {
  try {
    return await replyTo(argv, ports);
  } catch (cause) {
    if (!isChubError(cause)) return bugReply(cause, ports.version());
    return errorReply({ code: cause.code, message: cause.message, hint: cause.hint });
  }
}

async function replyTo(argv: readonly string[], ports: Ports): Promise<Reply> {
  const { name, flags, rest } = splitCommand(argv);
  if (flags.includes("version")) {
    const version = ports.version();
    return done({ out: [line(version)], json: { version } });
  }
  const entry = await entryOf(name ?? "help");
  if (entry === undefined) throw unknownCommand(name ?? "");
  const command = await entry.load();
  if (
    (name !== undefined && flags.includes("help")) ||
    asksForHelp(rest, command.passThrough === true)
  )
    return helpOf(entry);
  if (command.passThrough === true) {
    const passed = flags.includes("json") ? ["--json", ...rest] : rest;
    return command.run(passThroughArguments(passed), ports);
  }
  return command.run(parseArguments(entry.name, command, rest), ports);
}

async function entryOf(name: string): Promise<CommandEntry | undefined> {
  if (name === "help") return (await import("./help/help-command.ts")).HELP;
  if (name === "completion") return (await import("./completion/completion-command.ts")).COMPLETION;
  return COMMANDS.find((entry) => entry.name === name);
}

async function helpOf(entry: CommandEntry): Promise<Reply> {
  return (await import("./help/command-help.ts")).commandHelp(entry, await entry.load());
}

/** The first word that is not an option is the command: no global option takes a value. */
function splitCommand(argv: readonly string[]) {
  const position = argv.findIndex((argument) => !argument.startsWith("-") || argument === "-");
  const before = position < 0 ? argv : argv.slice(0, position);
  return {
    name: position < 0 ? undefined : argv[position],
    flags: before.map(globalFlag),
    rest: position < 0 ? [] : argv.slice(position + 1),
  };
}

function globalFlag(argument: string): string {
  const flag = GLOBAL_FLAGS.get(argument);
  if (flag !== undefined) return flag;
  const meant = nearest(argument, [...GLOBAL_FLAGS.keys()]);
  throw new ChubError("USAGE", `Unknown option ${quoteInput(argument)}`, {
    hint: `${meant === null ? "" : `Did you mean ${meant}? `}Options of a command follow its name. See \`chub --help\``,
  });
}

function unknownCommand(name: string): ChubError {
  const meant = nearest(name, [...COMMANDS.map((entry) => entry.name), "completion", "help"]);
  return new ChubError("USAGE", `Unknown command ${quoteInput(name)}`, {
    hint: `${meant === null ? "" : `Did you mean \`chub ${meant}\`? `}See \`chub help\``,
  });
}

function asksForHelp(rest: readonly string[], isPassedOn: boolean): boolean {
  if (isPassedOn) return false;
  const end = rest.indexOf("--");
  return (end < 0 ? rest : rest.slice(0, end)).some(
    (argument) => argument === "--help" || argument === "-h",
  );
}

function hasJsonFlag(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return (end < 0 ? argv : argv.slice(0, end)).includes("--json");
}

function passThroughArguments(rest: readonly string[]) {
  return {
    positionals: rest,
    flag: () => false,
    text: () => undefined,
    list: () => undefined,
    integer: () => undefined,
  };
}

const GLOBAL_FLAGS = new Map([
  ["--json", "json"],
  ["--help", "help"],
  ["-h", "help"],
  ["--version", "version"],
  ["--cli-version", "version"],
  ["-V", "version"],
]);
