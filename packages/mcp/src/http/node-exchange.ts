import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as WebReadableStream } from "node:stream/web";

/** A request of node:http as the web's `Request`; aborted when the client goes away. */
export function webRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  origin: string,
): Request {
  const abort = new AbortController();
  response.on("close", () => {
    if (!response.writableEnded) abort.abort();
  });
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const item of [value ?? []].flat()) headers.append(name, item);
  }
  const method = incoming.method ?? "GET";
  const hasBody = method !== "GET" && method !== "HEAD";
  return new Request(new URL(incoming.url ?? "/", origin), {
    method,
    headers,
    signal: abort.signal,
    ...(hasBody
      ? { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: "half" }
      : {}),
  });
}

/** Writes the web's `Response` as it comes, no faster than the client reads. A client that went away is no error. */
export async function writeResponse(answer: Response, response: ServerResponse): Promise<void> {
  // How long the connection lives is between the client and this server, not for the answer to say.
  const headers = [...answer.headers].filter(([name]) => name !== "connection");
  response.writeHead(answer.status, Object.fromEntries(headers));
  if (answer.body === null) {
    response.end();
    return;
  }
  try {
    await pipeline(Readable.fromWeb(answer.body as WebReadableStream<Uint8Array>), response);
  } catch (error) {
    if (!response.destroyed) throw error;
  }
}
