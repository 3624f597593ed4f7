import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ChubError } from "@chub/registry";
import { type Command, type CommandIo, EXIT } from "../command.ts";
import { loadConfiguration } from "../load-configuration.ts";
import { type Field, FIELDS, idProblem, newEntry, type NewFile } from "../new-entry.ts";
import { usageErrors } from "../usage.ts";

export const newCommand: Command = {
  help: `Usage: chubc new doc|skill <author>/<name> [options]

Makes the entry file of a new entry. What is not said by an option is asked for on a terminal. Nothing is overwritten.

Options:
  --description <text>     What the entry covers and when to use it
  --language <name>        doc: programming language of its code
  --package-version <v>    doc: version of the package that it documents
  --content <dir>          Content folder. Default: the one of chub.config.json, or ./content

Examples:
  chubc new doc acme/widgets
  chubc new doc acme/widgets --language js --package-version 1.4.0 --description "Create and list widgets."
  chubc new skill acme/release-notes --description "Writes release notes from merged changes."

Exit codes: 0 done, 2 wrong usage, or the file exists, 6 the file could not be written
`,
  async run(args, io) {
    const { values, positionals } = usageErrors(() =>
      parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS }),
    );
    const [kind, id, more] = positionals;
    if ((kind !== "doc" && kind !== "skill") || id === undefined || more !== undefined) {
      throw usage("Expected a kind and an id", "For example `chubc new doc acme/widgets`.");
    }
    const problem = idProblem(id);
    if (problem !== null) throw usage(`Unexpected id ${JSON.stringify(id)}, ${problem}`);
    const answers: Record<string, string> = {};
    for (const field of FIELDS[kind]) {
      answers[field.flag] = await answerTo(field, values[field.flag as keyof typeof values], io);
    }
    const root =
      values.content === undefined
        ? loadConfiguration(null, io.cwd).contentRoot
        : resolve(io.cwd, values.content);
    const file = newEntry(kind, id, { answers, today: io.today });
    const path = relative(io.cwd, writeNew(root, file));
    await io.out(`${path}\n`);
    await io.err(`Write its sections, then \`chubc lint ${path}\`.\n`);
    return EXIT.clean;
  },
};

/** The option, or what the person at the terminal says; asked again until it will do. */
async function answerTo(field: Field, given: string | undefined, io: CommandIo): Promise<string> {
  if (given !== undefined) {
    const problem = field.problem(given);
    if (problem === null) return given;
    throw usage(`Unexpected value ${JSON.stringify(given)} of --${field.flag}, ${problem}`);
  }
  if (io.ask === null) {
    throw usage(`Missing --${field.flag}`, "It is asked for on a terminal only.");
  }
  for (;;) {
    const answer = (await io.ask(`${field.question}: `)).trim();
    const problem = field.problem(answer);
    if (problem === null) return answer;
    await io.err(`${problem}\n`);
  }
}

/** Absolute path of the file that was made. */
function writeNew(root: string, { path, text }: NewFile): string {
  const target = join(root, path);
  try {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text, { flag: "wx" });
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "EEXIST") {
      throw usage(`${target} exists`, "Edit it, or choose another name.");
    }
    throw new ChubError("LOCAL_IO", `File ${target} cannot be written`, {
      hint: "Check the permissions of the folder and the free space.",
      cause,
    });
  }
  return target;
}

function usage(message: string, hint = "Add --help to see the options."): ChubError {
  return new ChubError("USAGE", message, { hint });
}

const OPTIONS = {
  content: { type: "string" },
  description: { type: "string" },
  language: { type: "string" },
  "package-version": { type: "string" },
} as const;
