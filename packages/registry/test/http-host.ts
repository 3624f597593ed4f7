import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** A static host whose files and manners a test changes as it goes. */
export interface Host {
  readonly url: string;
  /** Files by path; a change is what the host serves from then on. */
  readonly files: Map<string, Uint8Array>;
  /** Requests so far, oldest first, e.g. `GET /manifest.json 200`. */
  readonly log: string[];
  /** Answers instead of the files when it is set; true means that it has answered. */
  behave: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly close: () => Promise<void>;
}

export async function startHost(files: ReadonlyMap<string, Uint8Array>): Promise<Host> {
  const sockets = new Set<Socket>();
  const served = new Map(files);
  const host: Host = {
    url: "",
    files: served,
    log: [],
    behave: () => false,
    close: async () => undefined,
  };
  const server = createServer((request, response) => {
    response.on("finish", () =>
      host.log.push(`${request.method} ${request.url} ${response.statusCode}`),
    );
    if (!host.behave(request, response)) serve(host.files, request, response);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return Object.assign(host, {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  });
}

function serve(
  files: ReadonlyMap<string, Uint8Array>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const bytes = files.get(decodeURIComponent((request.url ?? "/").slice(1)));
  if (bytes === undefined) {
    response.writeHead(404).end("not here");
    return;
  }
  const etag = `"${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}"`;
  if (request.headers["if-none-match"] === etag) response.writeHead(304, { etag }).end();
  else response.writeHead(200, { etag, "content-length": bytes.length }).end(bytes);
}
