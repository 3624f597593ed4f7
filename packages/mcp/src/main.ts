import { homedir } from "node:os";
import { setFlagsFromString } from "node:v8";
import { exitCodeOf, isChubError } from "@chub/registry/errors";
import { HELP, parseCommandLine, type CommandLine } from "./command-line.ts";
import type { World } from "./open-configured.ts";
import { serveStdio } from "./stdio/serve-stdio.ts";
import type { ProtocolOutput } from "./stdio/stdio-transport.ts";
import { VERSION } from "./version.ts";

// The answers of a call are garbage at once. By default the space for such grows sixteenfold before it is
// collected, a third of the memory of the process, and saves no time that could be measured.
setFlagsFromString("--semi-space-growth-factor=1");
main().catch(fail);

/** The edge: the process becomes streams, a world and signals. Only here it ends. */
async function main(): Promise<void> {
  process.on("uncaughtException", fail);
  process.on("unhandledRejection", fail);
  const command = parseCommandLine(process.argv.slice(2));
  switch (command.mode) {
    case "help":
      process.stdout.write(HELP);
      return;
    case "version":
      process.stdout.write(`${VERSION}\n`);
      return;
    case "stdio":
      return runStdio(command.readOnly);
    case "http":
      return runHttp(command);
  }
}

async function runStdio(readOnly: boolean): Promise<void> {
  const serving = serveStdio(
    world(),
    { input: process.stdin, output: protocolOutput(), note },
    !readOnly,
  );
  const end = (): void => {
    serving.end();
    setTimeout(() => process.exit(0), GRACE_MS).unref();
  };
  process.stdin.on("end", end);
  process.stdin.on("close", end);
  onStopSignal(end);
  onParentDeath(end);
  await serving.closed;
  // What was written last may still be on its way; an empty write tells when it is not.
  process.stdout.end(() => process.exit(0));
  setTimeout(() => process.exit(0), GRACE_MS).unref();
}

async function runHttp({
  host,
  port,
  allowedHosts,
  allowedOrigins,
}: Extract<CommandLine, { mode: "http" }>): Promise<void> {
  const { serveHttp } = await import("./http/serve-http.ts");
  const token = process.env["CHUB_MCP_TOKEN"];
  const serving = await serveHttp(
    world(),
    { host, port, allowedHosts, allowedOrigins, token: token === "" ? undefined : token },
    note,
  );
  note(`listening on ${serving.url}`);
  onStopSignal(() => {
    setTimeout(() => process.exit(0), GRACE_MS).unref();
    void serving.stop().then(() => process.exit(0));
  });
}

function world(): World {
  return { variables: process.env, workingDirectory: process.cwd(), homeDirectory: homedir() };
}

/** Standard output for the protocol alone: what anything else prints there goes to standard error. */
function protocolOutput(): ProtocolOutput {
  const { stdout, stderr } = process;
  const write = stdout.write.bind(stdout);
  stdout.write = stderr.write.bind(stderr) as typeof stdout.write;
  return {
    write: (text) => void write(text),
    isFull: () => stdout.writableNeedDrain,
    onDrain: (listener) => void stdout.on("drain", listener),
    onError: (listener) => void stdout.on("error", listener),
  };
}

function onStopSignal(stop: () => void): void {
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, stop);
}

/** A client that is killed may leave the pipe open in another process; then nobody reads and nobody ends. */
function onParentDeath(stop: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent || !exists(parent)) stop();
  }, LOOK_FOR_PARENT_MS).unref();
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It exists but belongs to someone else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function note(text: string): void {
  process.stderr.write(`chub-mcp: ${text}\n`);
}

function fail(thrown: unknown): void {
  if (isChubError(thrown)) {
    note(`Error ${thrown.code}: ${thrown.message}. ${thrown.hint}`);
    process.exit(exitCodeOf(thrown.code));
  }
  const detail = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  note(
    `This is a bug in chub-mcp ${VERSION}. Please report it at https://github.com/chub-dev/chub/issues with the lines below\n${detail}`,
  );
  process.exit(70);
}

/** Within the second that clients wait before they kill. */
const GRACE_MS = 800;
const LOOK_FOR_PARENT_MS = 400;
