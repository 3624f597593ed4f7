import type { AddressInfo } from "node:net";
import { ChubError } from "@chub/registry";
import { createMcpHandler } from "@modelcontextprotocol/server";
import { MAX_REQUEST_BYTES } from "../limits.ts";
import type { World } from "../open-configured.ts";
import { createServer } from "../server.ts";
import { startSession } from "../session.ts";
import { accessRules, checkAccess, type AccessSettings } from "./access-rules.ts";
import { createHttpServer } from "./http-server.ts";

export interface HttpServing {
  /** Of the endpoint. */
  readonly url: string;
  /** Finishes what is under way. */
  stop(): Promise<void>;
}

/** Serves any number of clients over HTTP. Errors: ChubError USAGE, LOCAL_IO when the port cannot be had. */
export async function serveHttp(
  world: World,
  settings: AccessSettings,
  note: (text: string) => void,
): Promise<HttpServing> {
  checkAccess(settings);
  const session = startSession(world, {
    own: null,
    changed() {
      handler.notify.resourcesChanged();
      for (const uri of session.watched.all()) handler.notify.resourceUpdated(uri);
    },
  });
  const handler = createMcpHandler(
    ({ era }) => createServer(session.ports, { canNotify: era === "modern" }),
    {
      maxRequestBodySize: MAX_REQUEST_BYTES,
      maxSubscriptions: MAX_SUBSCRIPTIONS,
      // Requests that a client got wrong are answered, not logged: a log that strangers fill is of no use.
      onerror: () => undefined,
    },
  );
  let rules = accessRules(settings);
  const { server, stop } = createHttpServer({
    handler,
    rules: () => rules,
    isReady: async () =>
      (await session.ports.catalog()).sources().some(({ entries }) => entries > 0),
    report: (error) =>
      note(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  });
  const port = await listening(server, settings);
  rules = accessRules({ ...settings, port });
  return {
    url: `http://${settings.host.includes(":") ? `[${settings.host}]` : settings.host}:${port}/mcp`,
    async stop() {
      session.stop();
      await stop(GRACE_MS);
    },
  };
}

async function listening(
  server: ReturnType<typeof createHttpServer>["server"],
  { host, port }: AccessSettings,
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      reject(
        new ChubError(
          "LOCAL_IO",
          `Cannot listen on ${host} port ${port} (${cause.code ?? cause.message})`,
          { hint: "Choose another --port, or 0 for a free one", cause },
        ),
      );
    });
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

const MAX_SUBSCRIPTIONS = 128;
/** Less than the second after which whoever stops a server loses patience. */
const GRACE_MS = 700;
