import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { environment, startRaw, type RawServer } from "./built-server.ts";

/** Revision of the protocol a client speaks. */
export type Era = "2025-11-25" | "2026-07-28";

/** The official client over stdio. */
export async function connectStdio(bin: string, home: string, era: Era): Promise<Client> {
  const client = newClient(era);
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [bin],
      cwd: home,
      env: environment(home),
      stderr: "ignore",
    }),
  );
  return client;
}

/** The official client over HTTP. */
export async function connectHttp(
  url: string,
  era: Era,
  headers: Record<string, string> = {},
): Promise<Client> {
  const client = newClient(era);
  await client.connect(
    new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }),
  );
  return client;
}

/** A server over HTTP on a free port. */
export async function startHttp(
  bin: string,
  home: string,
  argv: readonly string[] = [],
  variables: Record<string, string> = {},
): Promise<{ readonly server: RawServer; readonly url: string }> {
  const server = startRaw(bin, home, ["--http", "--port", "0", ...argv], variables);
  const url = await new Promise<string>((resolve, reject) => {
    server.process.stderr.on("data", () => {
      const found = /listening on (\S+)/u.exec(server.errors())?.[1];
      if (found !== undefined) resolve(found);
    });
    void server.exited.then(() => reject(new Error(`the server ended: ${server.errors()}`)));
  });
  return { server, url };
}

function newClient(era: Era): Client {
  const mode = era === "2026-07-28" ? { mode: { pin: era } } : { mode: "legacy" as const };
  return new Client({ name: "test", version: "1.0.0" }, { versionNegotiation: mode });
}
