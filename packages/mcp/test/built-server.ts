import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const PACKAGE = fileURLToPath(new URL("../", import.meta.url));

export interface BuiltServer {
  /** Path of the bundle. */
  readonly bin: string;
  remove(): void;
}

/** The bundle as the package's build makes it, in a folder of its own: test files run side by side. */
export function buildServer(): BuiltServer {
  const folder = mkdtempSync(join(tmpdir(), "chub-mcp-bin-"));
  const bin = join(folder, "chub-mcp.cjs");
  const built = spawnSync(process.execPath, ["build.mjs", bin], { cwd: PACKAGE, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`the bundle cannot be built: ${built.stderr}`);
  return { bin, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Environment of a started server: nothing of the machine's own chub. */
export function environment(home: string): Record<string, string> {
  return { PATH: process.env["PATH"] ?? "", HOME: home, USERPROFILE: home, CHUB_DIR: home };
}

/** A started process whose lines of output are read one by one. */
export interface RawServer {
  readonly process: ChildProcessWithoutNullStreams;
  send(...lines: (string | object)[]): void;
  /** The next line of standard output. */
  line(): Promise<string>;
  /** The next line as JSON. */
  next(): Promise<RawMessage>;
  /** Lines that nobody asked for yet. */
  unread(): readonly string[];
  readonly exited: Promise<number | NodeJS.Signals | null>;
  errors(): string;
}

export interface RawMessage {
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown> & {
    readonly isError?: boolean;
    readonly content?: readonly { readonly text: string }[];
  };
  readonly error?: {
    readonly code: number;
    readonly message: string;
    readonly data?: Record<string, unknown>;
  };
}

/** Starts the server with raw streams. */
export function startRaw(
  bin: string,
  home: string,
  argv: readonly string[] = [],
  variables: Record<string, string> = {},
  cwd: string = home,
): RawServer {
  const env = { ...environment(home), ...variables };
  return rawServer(spawn(process.execPath, [bin, ...argv], { cwd, env }));
}

function rawServer(child: ChildProcessWithoutNullStreams): RawServer {
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  child.stdin.on("error", () => undefined);
  createInterface({ input: child.stdout }).on("line", (line) => {
    const waiter = waiting.shift();
    if (waiter === undefined) lines.push(line);
    else waiter(line);
  });
  const line = (): Promise<string> => {
    const ready = lines.shift();
    return ready === undefined
      ? new Promise((resolve) => waiting.push(resolve))
      : Promise.resolve(ready);
  };
  return {
    process: child,
    send(...given) {
      for (const item of given)
        child.stdin.write(`${typeof item === "string" ? item : JSON.stringify(item)}\n`);
    },
    line,
    next: async () => JSON.parse(await line()) as RawMessage,
    unread: () => lines,
    exited: new Promise((resolve) => child.on("exit", (code, signal) => resolve(code ?? signal))),
    errors: () => errors,
  };
}

/** The handshake of 2025-11-25; leaves the server ready for the first request. */
export async function initialize(
  server: RawServer,
  protocolVersion = "2025-11-25",
): Promise<RawMessage> {
  server.send({
    jsonrpc: "2.0",
    id: "init",
    method: "initialize",
    params: { protocolVersion, capabilities: {}, clientInfo: { name: "test", version: "1" } },
  });
  const answer = await server.next();
  server.send({ jsonrpc: "2.0", method: "notifications/initialized" });
  return answer;
}

/** A call of a tool. */
export function call(id: number | string, name: string, args: object): object {
  return { jsonrpc: "2.0", id, method: "tools/call", params: { name, arguments: args } };
}

/** What every request of 2026-07-28 carries. */
export const MODERN_META = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientCapabilities": {},
  "io.modelcontextprotocol/clientInfo": { name: "test", version: "1" },
};
