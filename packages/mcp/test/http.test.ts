import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildServer, call, MODERN_META, type BuiltServer } from "./built-server.ts";
import { connectHttp, startHttp } from "./connect.ts";
import { buildScene, type Scene } from "./scene.ts";

let built: BuiltServer;
let scene: Scene;
let http: Awaited<ReturnType<typeof startHttp>>;
let port: number;

beforeAll(async () => {
  built = buildServer();
  scene = await buildScene();
  http = await startHttp(built.bin, scene.home);
  port = Number(new URL(http.url).port);
});
afterAll(async () => {
  http.server.process.kill();
  await http.server.exited;
  built.remove();
  scene.remove();
});

interface RawRequest {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request as it goes over the wire, so that Host and Origin are what the test says. */
async function raw({
  path = "/mcp",
  method = "POST",
  headers = {},
  body = LIST,
}: RawRequest = {}): Promise<{ status: number; head: string; body: string }> {
  const all = {
    host: `127.0.0.1:${port}`,
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
    "mcp-protocol-version": "2025-11-25",
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) =>
    value === "" ? [] : [`${name}: ${value}`],
  );
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write(
    [
      `${method} ${path} HTTP/1.1`,
      ...lines,
      "connection: close",
      ...(method === "POST" ? [`content-length: ${Buffer.byteLength(body)}`] : []),
      "",
      method === "POST" ? body : "",
    ].join("\r\n"),
  );
  let text = "";
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  await new Promise((resolve) => socket.once("close", resolve));
  const [head = "", ...rest] = text.split("\r\n\r\n");
  // A body that comes in chunks stands between their lengths.
  const framed = rest.join("\r\n\r\n");
  const isJson = head.toLowerCase().includes("content-type: application/json");
  return {
    status: Number(head.split(" ")[1]),
    head,
    body: isJson ? framed.slice(framed.indexOf("{"), framed.lastIndexOf("}") + 1) : framed,
  };
}

const LIST = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list", params: {} });

describe("who may ask", () => {
  it("answers on its own names", async () => {
    for (const host of [
      `127.0.0.1:${port}`,
      `localhost:${port}`,
      `[::1]:${port}`,
      `LOCALHOST:${port}`,
    ]) {
      expect([host, (await raw({ headers: { host } })).status]).toEqual([host, 200]);
    }
    expect((await raw({ headers: { origin: `http://localhost:${port}` } })).status).toBe(200);
  });

  it.each([
    ["HTTP-002 a foreign origin", { origin: "http://evil.test" }],
    ["HTTP-003 the null origin", { origin: "null" }],
    [
      "HTTP-009 an origin that only begins like ours",
      { origin: "http://127.0.0.1:@PORT.evil.test" },
    ],
    ["our name with another scheme", { origin: "https://localhost:@PORT" }],
    ["our name with another port", { origin: "http://localhost:1" }],
    ["a foreign host", { host: "evil.test" }],
    ["a host without the port", { host: "localhost" }],
    ["a host that only begins like ours", { host: "localhost:@PORT.evil.test" }],
    ["a user in the host", { host: "localhost:@PORT@evil.test" }],
  ])("%s gets 403 and nothing else", async (_, headers) => {
    const filled = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace("@PORT", String(port))]),
    );
    const { status, head, body } = await raw({ headers: filled });
    expect(status).toBe(403);
    expect(head).not.toContain("access-control-allow-origin");
    expect(JSON.parse(body)).toMatchObject({ jsonrpc: "2.0", id: null, error: { code: -32_000 } });
  });

  it("needs the token when there is one", async () => {
    const token = "a-token-of-enough-length";
    const guarded = await startHttp(
      built.bin,
      scene.homeWith(
        "home-guarded",
        `sources:\n  - name: scene\n    path: ${JSON.stringify(scene.artifact)}\n`,
      ),
      [],
      { CHUB_MCP_TOKEN: token },
    );
    const ask = async (authorization?: string) => {
      const headers = {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        ...(authorization === undefined ? {} : { authorization }),
      };
      const { status, headers: answered } = await fetch(guarded.url, {
        method: "POST",
        headers,
        body: LIST,
      });
      return { status, challenge: answered.get("www-authenticate") };
    };
    expect(await ask()).toEqual({ status: 401, challenge: "Bearer" });
    expect(await ask(`Bearer ${token}x`)).toEqual({ status: 401, challenge: "Bearer" });
    expect(await ask(`Basic ${token}`)).toEqual({ status: 401, challenge: "Bearer" });
    expect(await ask(`Bearer ${token}`)).toEqual({ status: 200, challenge: null });
    const client = await connectHttp(guarded.url, "2026-07-28", {
      authorization: `Bearer ${token}`,
    });
    expect((await client.listTools()).tools).toHaveLength(7);
    await client.close();
    guarded.server.process.kill();
    await guarded.server.exited;
  });

  it("answers a listed origin, with the headers that a page needs", async () => {
    const listed = await startHttp(built.bin, scene.home, [
      "--allow-origin",
      "https://app.example.com",
    ]);
    const allowed = await fetch(listed.url, {
      method: "OPTIONS",
      headers: { origin: "https://app.example.com", "access-control-request-method": "POST" },
    });
    expect([allowed.status, allowed.headers.get("access-control-allow-origin")]).toEqual([
      204,
      "https://app.example.com",
    ]);
    expect(
      (
        await fetch(listed.url, {
          method: "OPTIONS",
          headers: { origin: "https://other.example.com" },
        })
      ).status,
    ).toBe(403);
    listed.server.process.kill();
    await listed.server.exited;
  });
});

describe("what may be asked", () => {
  it.each([
    ["HTTP-004 text/plain", 415, { headers: { "content-type": "text/plain" } }],
    [
      "HTTP-005 an unknown protocol version",
      400,
      { headers: { "mcp-protocol-version": "1999-01-01" } },
    ],
    ["HTTP-006 malformed JSON", 400, { body: '{"jsonrpc":' }],
    [
      "HTTP-007 a batch of 101",
      400,
      { body: `[${Array.from({ length: 101 }, () => LIST).join(",")}]` },
    ],
    [
      "HTTP-013 a body of 6 MiB",
      413,
      {
        body: `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":"${"x".repeat(6 * 1024 * 1024)}"}}`,
      },
    ],
    [
      "HTTP-014 a body of a million elements",
      413,
      {
        body: `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"chub_get","arguments":{"id":[${"1,".repeat(1_000_000)}1]}}}`,
      },
    ],
    ["GET of a session", 405, { method: "GET" }],
    ["another path", 404, { path: "/" }],
  ])("%s gets %i, in JSON", async (_, status, request) => {
    const answer = await raw(request);
    expect(answer.status).toBe(status);
    expect(answer.head.toLowerCase()).toContain("content-type: application/json");
  });

  it("HTTP-011 a header that contradicts the body gets 400 and -32020", async () => {
    const body = JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "tools/call",
      params: { name: "chub_list", arguments: {}, _meta: MODERN_META },
    });
    const { status, body: answer } = await raw({
      headers: {
        "mcp-protocol-version": "2026-07-28",
        "mcp-method": "tools/list",
        "mcp-name": "x",
      },
      body,
    });
    expect([status, (JSON.parse(answer) as { error: { code: number } }).error.code]).toEqual([
      400, -32_020,
    ]);
  });
});

it("tells its health without a Host that it knows", async () => {
  expect(
    await raw({ path: "/healthz", method: "GET", headers: { host: "10.0.0.7" } }),
  ).toMatchObject({ status: 200, body: expect.stringContaining("ok") });
  expect((await raw({ path: "/readyz", method: "GET" })).status).toBe(200);
  const empty = await startHttp(
    built.bin,
    scene.homeWith("home-empty", "sources:\n  - name: empty\n    path: /nowhere/at/all\n"),
  );
  expect((await fetch(empty.url.replace("/mcp", "/readyz"))).status).toBe(503);
  expect((await fetch(empty.url.replace("/mcp", "/healthz"))).status).toBe(200);
  empty.server.process.kill();
  await empty.server.exited;
});

it("has neither notes nor a project: they are not the client's", async () => {
  const client = await connectHttp(http.url, "2026-07-28");
  for (const [name, args] of [
    ["chub_annotate", { list: true }],
    ["chub_annotate", { id: "acme/widgets", note: "x" }],
    ["chub_scan", {}],
  ] as const) {
    const { content, isError } = await client.callTool({ name, arguments: args });
    expect(isError).toBe(true);
    expect(JSON.stringify(content)).toContain("POLICY");
  }
  await client.close();
});

it("serves eight clients at once", async () => {
  const clients = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      connectHttp(http.url, index % 2 === 0 ? "2026-07-28" : "2025-11-25"),
    ),
  );
  const answers = await Promise.all(
    clients.flatMap((client) =>
      Array.from({ length: 10 }, () =>
        client.callTool({ name: "chub_get", arguments: { id: "acme/widgets" } }),
      ),
    ),
  );
  expect(answers.filter(({ isError }) => isError === true)).toEqual([]);
  expect(
    new Set(answers.map(({ structuredContent }) => JSON.stringify(structuredContent))).size,
  ).toBe(1);
  await Promise.all(clients.map((client) => client.close()));
});

it("HTTP-015 idle and slow connections do not keep others from being served", async () => {
  const idle = Array.from({ length: 300 }, () => connect(port, "127.0.0.1"));
  await Promise.all(idle.map((socket) => once(socket, "connect")));
  const [slow] = idle;
  slow?.write(
    `POST /mcp HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{`,
  );
  expect(
    (
      await fetch(http.url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "application/json, text/event-stream",
        },
        body: JSON.stringify(call(1, "chub_list", {})),
      })
    ).status,
  ).toBe(200);
  for (const socket of idle) socket.destroy();
});
