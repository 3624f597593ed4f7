import type { Server } from "@modelcontextprotocol/server";
import { serveStdio as serve } from "@modelcontextprotocol/server/stdio";
import type { World } from "../open-configured.ts";
import { createServer } from "../server.ts";
import { startSession } from "../session.ts";
import { StdioTransport, type StdioStreams } from "./stdio-transport.ts";

export interface StdioServing {
  /** Answers what was asked so far, then closes. */
  end(): void;
  /** Settles when the connection is closed, for whatever reason. */
  readonly closed: Promise<void>;
}

/** Serves one client over two streams until it is gone. */
export function serveStdio(
  world: World,
  streams: StdioStreams,
  mayWriteNotes: boolean,
): StdioServing {
  let server: Server | null = null;
  const session = startSession(world, {
    own: { mayWriteNotes },
    changed() {
      if (server !== null) tellChange(server, session.watched.all(), streams.note);
    },
  });
  const transport = new StdioTransport(streams);
  const handle = serve(
    () => {
      server = createServer(session.ports, { canNotify: true });
      return server;
    },
    { transport, onerror: (error) => streams.note(error.message) },
  );
  const closed = new Promise<void>((resolve) => {
    const closing = transport.onclose;
    transport.onclose = () => {
      closing?.();
      session.stop();
      void handle.close().then(resolve);
    };
  });
  return { end: () => transport.end(), closed };
}

function tellChange(server: Server, uris: readonly string[], note: (text: string) => void): void {
  const told = [
    server.sendResourceListChanged(),
    ...uris.map((uri) => server.sendResourceUpdated({ uri })),
  ];
  Promise.all(told).catch((error: unknown) => note(String(error)));
}
