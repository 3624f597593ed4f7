import {
  createServer as createNodeServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { McpHttpHandler } from "@modelcontextprotocol/server";
import { MAX_REQUEST_BYTES } from "../limits.ts";
import { refusalOf, type AccessRules } from "./check-request.ts";
import { webRequest, writeResponse } from "./node-exchange.ts";

export interface HttpPorts {
  readonly handler: McpHttpHandler;
  readonly rules: () => AccessRules;
  /** Whether the sources can be read. */
  readonly isReady: () => Promise<boolean>;
  /** Errors that no client hears of. */
  readonly report: (error: unknown) => void;
}

export interface HttpServer {
  readonly server: Server;
  /** Takes no more requests and finishes those under way; after `graceMs` it breaks them off. */
  readonly stop: (graceMs: number) => Promise<void>;
}

/**
 * Streamable HTTP at `/mcp`, with `/healthz` (the process answers) and `/readyz` (the sources can be read).
 *
 * Stateless: every request stands for itself, so any number of these servers can stand behind one address.
 */
export function createHttpServer(ports: HttpPorts): HttpServer {
  let underWay = 0;
  let isStopping = false;
  const answering = new Set<Promise<Response>>();
  const fetchAnswer = async (web: Request): Promise<Response> => {
    const answered = ports.handler.fetch(web);
    answering.add(answered);
    return answered.finally(() => answering.delete(answered));
  };
  const server = createNodeServer((request, response) => {
    underWay += 1;
    answer(request, response, {
      ports,
      fetchAnswer,
      isStopping,
      isBusy: underWay > MAX_UNDER_WAY,
    })
      .catch((error: unknown) => {
        ports.report(error);
        response.destroy();
      })
      .finally(() => {
        underWay -= 1;
      });
  });
  Object.assign(server, LIMITS);
  return {
    server,
    async stop(graceMs) {
      isStopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      server.closeIdleConnections();
      // Ends the subscriptions, and would break off what is being answered.
      await Promise.race([Promise.allSettled(answering), closed]);
      await ports.handler.close();
      server.closeIdleConnections();
      await closed;
      clearTimeout(timer);
    },
  };
}

interface Situation {
  readonly ports: HttpPorts;
  readonly fetchAnswer: (web: Request) => Promise<Response>;
  readonly isStopping: boolean;
  readonly isBusy: boolean;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  situation: Situation,
): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://server.invalid");
  if (pathname === "/healthz") return short(response, 200, "ok");
  if (pathname === "/readyz") return readiness(response, situation);
  const { host, origin, authorization } = request.headers;
  const isPreflight = request.method === "OPTIONS" && origin !== undefined;
  const { hosts, origins, token } = situation.ports.rules();
  // A browser asks without its token first.
  const needed = token === undefined || isPreflight ? {} : { token };
  const refusal = refusalOf({ host, origin, authorization }, { hosts, origins, ...needed });
  if (refusal !== null) return refuse(response, refusal.status, refusal.message);
  if (pathname !== "/mcp") return refuse(response, 404, "There is nothing here; MCP is at /mcp");
  if (origin !== undefined) allowOrigin(response, origin);
  return isPreflight ? preflight(response) : exchange(request, response, situation);
}

async function readiness(
  response: ServerResponse,
  { ports, isStopping }: Situation,
): Promise<void> {
  const isReady = !isStopping && (await ports.isReady());
  short(response, isReady ? 200 : 503, isReady ? "ready" : "not ready");
}

async function exchange(
  request: IncomingMessage,
  response: ServerResponse,
  { fetchAnswer, isStopping, isBusy }: Situation,
): Promise<void> {
  if (isBusy || isStopping) {
    response.setHeader("retry-after", "1");
    return refuse(response, 503, "Too many requests at once; try again");
  }
  if (Number(request.headers["content-length"] ?? 0) > MAX_REQUEST_BYTES) {
    await drain(request);
    return refuse(response, 413, `A request has at most ${MAX_REQUEST_BYTES} bytes`);
  }
  const web = webRequest(request, response, `http://${request.headers.host ?? "localhost"}`);
  await writeResponse(await fetchAnswer(web), response);
}

function short(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "content-length": text.length,
    "cache-control": "no-store",
  });
  response.end(text);
}

/** Takes a body off the wire and forgets it: an answer before its end would be lost with the connection. `requestTimeout` bounds it. */
async function drain(request: IncomingMessage): Promise<void> {
  request.resume();
  await new Promise<void>((resolve) => request.once("close", resolve).once("end", resolve));
}

/** Without reading the body: the connection closes instead. */
function refuse(response: ServerResponse, status: number, message: string): void {
  const body = JSON.stringify({ jsonrpc: "2.0", id: null, error: { code: -32_000, message } });
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": body.length,
    connection: "close",
    ...(status === 401 ? { "www-authenticate": "Bearer" } : {}),
  });
  response.end(body);
}

function allowOrigin(response: ServerResponse, origin: string): void {
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("vary", "origin");
}

function preflight(response: ServerResponse): void {
  response.writeHead(204, {
    "access-control-allow-methods": "GET, POST, DELETE",
    "access-control-allow-headers":
      "accept, authorization, content-type, last-event-id, mcp-method, mcp-name, mcp-protocol-version, mcp-session-id",
    "access-control-max-age": "600",
  });
  response.end();
}

/** Requests in work at once; open subscriptions are among them. */
const MAX_UNDER_WAY = 256;

/** A slow or silent client holds a connection, never the server. */
const LIMITS = {
  maxConnections: 1024,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  maxHeadersCount: 100,
} as const;
