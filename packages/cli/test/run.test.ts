import { ChubError } from "@chub/registry";
import { expect, it } from "vitest";
import { parseArguments } from "../src/arguments/parse-arguments.ts";
import { COMMANDS } from "../src/commands.ts";
import { run } from "../src/run.ts";
import { CONFIGURATION, plainPorts } from "./plain-ports.ts";
import { replyText } from "./reply-text.ts";
import { schemaProblems } from "./schema-problems.ts";

it.each(["--version", "-V", "--cli-version"])(
  "prints the version of the package with %s",
  async (flag) => {
    const { reply } = await run([flag], plainPorts());
    expect(replyText(reply.out)).toBe("1.2.3\n");
    expect(reply.json).toEqual({ version: "1.2.3" });
  },
);

it.each([[[]], [["--help"]], [["-h"]], [["help"]], [["--json"]]])(
  "explains itself for %j",
  async (argv) => {
    const { reply } = await run(argv, plainPorts());
    const text = replyText(reply.out);
    expect(reply.exitCode).toBe(0);
    expect(
      COMMANDS.filter(
        ({ name, summary }) => !new RegExp(`^  ${name} +${escaped(summary)}$`, "m").test(text),
      ),
    ).toEqual([]);
    expect(schemaProblems("cli-help", reply.json)).toEqual([]);
  },
);

it.each(COMMANDS.map(({ name }) => name))("explains %s, with examples that parse", async (name) => {
  const command = await COMMANDS.find((entry) => entry.name === name)?.load();
  const words = (command?.examples ?? []).map((example) => wordsOf(example.command));
  expect(words.map(([program]) => program)).toEqual(words.map(() => "chub"));
  expect(words.some(([, first]) => first === name)).toBe(true);
  if (command === undefined || command.passThrough === true) return;
  for (const [, , ...rest] of words.filter(([, first]) => first === name)) {
    expect(() => parseArguments(name, command, rest)).not.toThrow();
  }
  const { reply } = await run([name, "--help"], plainPorts());
  const { reply: same } = await run(["help", name], plainPorts());
  expect(replyText(reply.out)).toContain(`Usage: chub ${command.usage}\n`);
  expect(same).toEqual(reply);
  expect(schemaProblems("cli-help", reply.json)).toEqual([]);
});

it("hands build and lint to the compiler, with its options, help and exit code", async () => {
  const ports = plainPorts();
  const { reply } = await run(["build", "content", "--unknown-to-us", "--help"], ports);
  await run(["--json", "lint", "."], ports);
  expect(reply.exitCode).toBe(1);
  expect(ports.compiled).toEqual([
    ["build", "content", "--unknown-to-us", "--help"],
    ["lint", "--json", "."],
  ]);
});

it.each([
  ["CONFIG", 2],
  ["NO_DATA", 4],
  ["INTEGRITY", 5],
  ["FORMAT_TOO_NEW", 5],
  ["LOCAL_IO", 6],
  ["REQUEST_FAILED", 1],
] as const)("never makes %s look like an empty answer", async (code, exitCode) => {
  const ports = plainPorts(
    {},
    {
      openReader: async () => {
        throw new ChubError(code, "It went wrong", { hint: "Mend it" });
      },
    },
  );
  for (const argv of [["search", "x"], ["list"], ["get", "a/b"]]) {
    const { reply } = await run(argv, ports);
    expect({ ...reply, err: replyText(reply.err) }).toEqual({
      exitCode,
      out: [],
      err: `Error ${code}: It went wrong. Mend it\n`,
      json: { error: "It went wrong", code, exitCode, hint: "Mend it" },
    });
    expect(schemaProblems("cli-error", reply.json)).toEqual([]);
  }
});

it("calls a bug a bug, with the place and where to report it", async () => {
  const { reply } = await run(["get", "a/b"], plainPorts());
  expect(reply.exitCode).toBe(70);
  expect(reply.out).toEqual([]);
  expect(replyText(reply.err)).toMatch(
    /^Error BUG: This is a bug in chub \d.*issues.*\nError: the test did not expect this question\n {4}at /,
  );
  expect(schemaProblems("cli-error", reply.json)).toEqual([]);
});

it("shows the warnings of the configuration, and takes its word for JSON", async () => {
  const ports = plainPorts({ list: async () => ({ total: 0, offset: 0, entries: [] }) });
  const reader = await ports.openReader();
  const configuration = {
    ...CONFIGURATION,
    outputFormat: "json" as const,
    warnings: ["sources ignored"],
  };
  const outcome = await run(["list"], {
    ...ports,
    openReader: async () => ({ ...reader, configuration }),
  });
  expect(replyText(outcome.reply.err)).toBe("Warning: sources ignored\n");
  expect(outcome.json).toBe(true);
});

it("puts every finding of an error on a line of its own", async () => {
  const ports = plainPorts(
    {},
    {
      openReader: async () => {
        throw new ChubError("CONFIG", "a:1:1: one\na:2:1: two", { hint: "Correct the file." });
      },
    },
  );
  const { reply } = await run(["list"], ports);
  expect(replyText(reply.err)).toBe(
    "Error CONFIG: a:1:1: one\nError CONFIG: a:2:1: two. Correct the file.\n",
  );
});

it("takes --json before and after the command, but not behind --", async () => {
  const outcomes = await Promise.all(
    [
      ["--json", "help"],
      ["help", "--json"],
      ["help", "--", "--json"],
    ].map((argv) => run(argv, plainPorts())),
  );
  expect(outcomes.map(({ json }) => json)).toEqual([true, true, false]);
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** Words of a command line of the help: quoted with double quotes at most. */
function wordsOf(commandLine: string): string[] {
  return [...commandLine.matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? "",
  );
}
