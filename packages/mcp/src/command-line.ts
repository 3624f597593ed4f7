import { parseArgs } from "node:util";
import { ChubError } from "@chub/registry";

/** What the command line asks for. */
export type CommandLine =
  | { readonly mode: "help" | "version" }
  | { readonly mode: "stdio"; readonly readOnly: boolean }
  | {
      readonly mode: "http";
      readonly host: string;
      readonly port: number;
      readonly allowedHosts: readonly string[];
      readonly allowedOrigins: readonly string[];
    };

/** Errors: ChubError USAGE. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const values = parsed(argv);
  if (values.help === true) return { mode: "help" };
  if (values.version === true) return { mode: "version" };
  if (values.http !== true) {
    const stray = (["host", "port", "allow-host", "allow-origin"] as const).find(
      (name) => values[name] !== undefined,
    );
    if (stray !== undefined)
      throw new ChubError("USAGE", `--${stray} has no effect without --http`, {
        hint: "Add --http, or leave it out",
      });
    return { mode: "stdio", readOnly: values["read-only"] === true };
  }
  return {
    mode: "http",
    host: values.host ?? "127.0.0.1",
    port: portOf(values.port ?? String(DEFAULT_PORT)),
    allowedHosts: values["allow-host"] ?? [],
    allowedOrigins: values["allow-origin"] ?? [],
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      strict: true,
      allowPositionals: false,
      options: {
        help: { type: "boolean", short: "h" },
        version: { type: "boolean", short: "V" },
        "read-only": { type: "boolean" },
        http: { type: "boolean" },
        host: { type: "string" },
        port: { type: "string" },
        "allow-host": { type: "string", multiple: true },
        "allow-origin": { type: "string", multiple: true },
      },
    }).values;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message.split(". ")[0] : String(cause);
    throw new ChubError("USAGE", message ?? "Unexpected arguments", {
      hint: "See chub-mcp --help",
      cause,
    });
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/u.test(text) && port <= 65_535) return port;
  throw new ChubError(
    "USAGE",
    `Unexpected --port ${JSON.stringify(text.slice(0, 20))}, expected 0 to 65535`,
    { hint: "0 takes a free port" },
  );
}

const DEFAULT_PORT = 3920;

export const HELP = `chub-mcp: documentation that coding agents can trust, as an MCP server

Usage: chub-mcp [options]

Without options it speaks MCP over stdio, for a client that starts it.

Options:
  --read-only              Notes can be read, not written; over HTTP there are none
  --http                   Streamable HTTP at http://127.0.0.1:${DEFAULT_PORT}/mcp instead
  --host <address>         Address to listen on, default 127.0.0.1
  --port <number>          Port to listen on, default ${DEFAULT_PORT}; 0 takes a free one
  --allow-host <name>      Another Host header to answer to, exactly as it is sent; may be repeated
  --allow-origin <origin>  Another Origin to answer to; may be repeated
  -h, --help               This text
  -V, --version            The version

Environment:
  CHUB_MCP_TOKEN           Bearer token that HTTP requests must carry; needed outside loopback
  CHUB_DIR                 Folder of the configuration, default ~/.chub

Sources are configured as for the chub command. HTTP also answers /healthz and /readyz.
`;
