import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { nodeFiles, randomBoundary } from "./node-ports.ts";
import { isTerminal, writeText } from "./node-streams.ts";
import type { Ports } from "./ports.ts";
import { renderReply } from "./render-reply.ts";
import { run } from "./run.ts";
import { streamTraits } from "./terminal/stream-traits.ts";

void main();

/** The edge: the process becomes ports, a reply becomes streams and an exit code. */
async function main(): Promise<void> {
  const ports = await processPorts();
  const { stdout, stderr } = ports;
  const { reply, json } = await run(process.argv.slice(2), ports);
  if (reply.json !== undefined) {
    const rendered = renderReply(reply, { json, stdout, stderr });
    await writeText(2, rendered.stderr, stderr.isTerminal);
    await writeText(1, rendered.stdout, stdout.isTerminal);
    await writeText(2, rendered.after, stderr.isTerminal);
  }
  process.exit(reply.exitCode);
}

async function processPorts(): Promise<Ports> {
  const environment = process.env;
  const [stdin, stdout, stderr] = await Promise.all([isTerminal(0), isTerminal(1), isTerminal(2)]);
  return {
    environment,
    stdout: streamTraits(
      { isTerminal: stdout, columns: stdout ? process.stdout.columns : undefined },
      environment,
    ),
    stderr: streamTraits(
      { isTerminal: stderr, columns: stderr ? process.stderr.columns : undefined },
      environment,
    ),
    files: nodeFiles,
    openReader: async () => (await import("./open-reader.ts")).openReader(environment),
    projectVersions: async () => (await import("./project/versions-here.ts")).versionsHere(),
    folders: { working: process.cwd(), home: homedir() },
    skill: () => readFileSync(new URL("../skills/get-api-docs/SKILL.md", import.meta.url), "utf8"),
    version: packageVersion,
    boundary: randomBoundary,
    choose: stdin && stderr && !isAutomated(environment) ? chooseHere : null,
    remoteHelp: async () =>
      (await import("./remote-help.ts")).remoteHelp(environment, packageVersion()),
    now: () => new Date().toISOString(),
    runCompiler: async (argv) => (await import("./run-compiler.ts")).runCompiler(argv),
  };
}

/** A terminal of a continuous integration service has nobody in front of it. */
function isAutomated({ CI }: NodeJS.ProcessEnv): boolean {
  return CI !== undefined && CI !== "" && CI !== "false";
}

async function chooseHere(question: string, choices: readonly string[]): Promise<string | null> {
  const { askChoice } = await import("./terminal/ask-choice.ts");
  return askChoice(question, choices, { input: process.stdin, output: process.stderr });
}

function packageVersion(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
