import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  buildServer,
  call,
  initialize,
  MODERN_META,
  startRaw,
  type BuiltServer,
  type RawServer,
} from "./built-server.ts";
import { buildScene, type Scene } from "./scene.ts";

let built: BuiltServer;
let scene: Scene;
let server: RawServer;

beforeAll(async () => {
  built = buildServer();
  scene = await buildScene();
});
afterAll(() => {
  built.remove();
  scene.remove();
});
beforeEach(() => {
  server = startRaw(built.bin, scene.home);
});
afterEach(async () => {
  server.process.kill("SIGKILL");
  await server.exited;
});

const TOOLS = [
  "chub_search",
  "chub_get",
  "chub_outline",
  "chub_list",
  "chub_scan",
  "chub_annotate",
  "chub_feedback",
];
const PING = { jsonrpc: "2.0", id: "ping", method: "ping" };

/** The connection is in order: the next answer is the one to a ping. */
async function expectAlive(): Promise<void> {
  server.send(PING);
  expect(await server.next()).toEqual({ jsonrpc: "2.0", id: "ping", result: {} });
}

describe("broken messages", () => {
  // Each with what comes back. The names are those of the catalogue of faults.
  const CASES: readonly (readonly [
    string,
    string | Uint8Array,
    { id: unknown; code: number }[],
  ])[] = [
    ["MCP-002 http on stdio", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", []],
    ["MCP-003 blank lines", "\n\n  \n\n", []],
    [
      "MCP-004 batch",
      '[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":2,"method":"ping"}]\n',
      [{ id: null, code: -32_600 }],
    ],
    [
      "MCP-006 jsonrpc 1.0",
      '{"jsonrpc":"1.0","id":9,"method":"ping"}\n',
      [{ id: 9, code: -32_600 }],
    ],
    [
      "MCP-007 bad UTF-8",
      Buffer.concat([
        Buffer.from('{"jsonrpc":"2.0","id":9,"method":"ping","params":{"x":"'),
        Buffer.from([0xff, 0xfe]),
        Buffer.from('"}}\n'),
      ]),
      [{ id: null, code: -32_700 }],
    ],
    [
      "MCP-013 byte order mark",
      '\uFEFF{"jsonrpc":"2.0","id":9,"method":"ping"}\n',
      [{ id: null, code: -32_700 }],
    ],
    ["MCP-021 no jsonrpc field", '{"id":9,"method":"ping"}\n', [{ id: 9, code: -32_600 }]],
    ["cut JSON", '{"jsonrpc":"2.0","id":9,"meth\n', [{ id: null, code: -32_700 }]],
    [
      "MCP-028 a line of 12 MiB",
      `{"jsonrpc":"2.0","id":9,"method":"ping","params":{"x":"${"x".repeat(12 * 1024 * 1024)}"}}\n`,
      [{ id: null, code: -32_600 }],
    ],
  ];

  it.each(CASES)("%s", async (_, input, expected) => {
    await initialize(server);
    server.process.stdin.write(input);
    const answers = [];
    while (answers.length < expected.length) {
      const { id, error } = await server.next();
      answers.push({ id, code: error?.code });
    }
    expect(answers).toEqual(expected);
    await expectAlive();
  });

  it("MCP-009 deep JSON, MCP-012 a key twice, MCP-022 CRLF: answered", async () => {
    await initialize(server);
    server.send(
      `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":${'{"a":'.repeat(5000)}1${"}".repeat(5000)}}}`,
    );
    expect((await server.next()).id).toBe(1);
    server.send('{"jsonrpc":"2.0","id":9,"id":10,"method":"ping"}');
    expect(await server.next()).toEqual({ jsonrpc: "2.0", id: 10, result: {} });
    server.process.stdin.write('{"jsonrpc":"2.0","id":3,"method":"ping"}\r\n');
    expect((await server.next()).id).toBe(3);
  });

  it("MCP-029 64 MiB without a line feed: told once, memory bounded, then in order again", async () => {
    await initialize(server);
    const block = Buffer.alloc(1024 * 1024, 0x78);
    for (let sent = 0; sent < 64; sent += 1) {
      if (!server.process.stdin.write(block))
        await new Promise((resolve) => server.process.stdin.once("drain", resolve));
    }
    expect((await server.next()).error?.code).toBe(-32_600);
    server.process.stdin.write("\n");
    await expectAlive();
    expect(server.unread()).toEqual([]);
  });
});

describe("protocol", () => {
  it("MCP-020 refuses a call before the handshake, but not one that names its version", async () => {
    server.send(call(1, "chub_list", {}));
    expect((await server.next()).error?.code).toBe(-32_600);
    server.send({
      jsonrpc: "2.0",
      id: 2,
      method: "tools/call",
      params: { name: "chub_list", arguments: { limit: 1 }, _meta: MODERN_META },
    });
    expect((await server.next()).result).toMatchObject({
      structuredContent: { total: 5, showing: 1 },
    });
  });

  it("MCP-024 answers server/discover", async () => {
    server.send({
      jsonrpc: "2.0",
      id: 1,
      method: "server/discover",
      params: { _meta: MODERN_META },
    });
    expect((await server.next()).result).toMatchObject({
      supportedVersions: ["2026-07-28"],
      capabilities: { tools: {}, completions: {} },
    });
  });

  it("MCP-025 answers an unknown version with one it speaks", async () => {
    const { result } = await initialize(server, "1999-01-01");
    expect(result?.["protocolVersion"]).toBe("2025-11-25");
  });

  it("MCP-011 knows no tool by an inherited name", async () => {
    await initialize(server);
    for (const [id, name] of ["constructor", "__proto__", "toString", "get"].entries()) {
      server.send(call(id, name, {}));
      expect((await server.next()).error).toEqual({
        code: -32_602,
        message: `Unknown tool '${name}'. Tools: ${TOOLS.join(", ")}`,
        data: {
          code: "USAGE",
          alternatives: TOOLS,
        },
      });
    }
  });

  it("MCP-023 notes nothing on an id that climbs", async () => {
    await initialize(server);
    server.send(call(1, "chub_annotate", { id: "../../..", note: "x" }));
    expect((await server.next()).result?.isError).toBe(true);
  });

  it("does not answer what was cancelled while it waited", async () => {
    await initialize(server);
    const calls = Array.from({ length: 100 }, (_, id) =>
      call(id, "chub_get", { id: "acme/manual" }),
    );
    server.send(
      ...calls,
      { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 99 } },
      PING,
    );
    const ids = new Set<unknown>();
    while (ids.size < 100) ids.add((await server.next()).id);
    expect(ids.has(99)).toBe(false);
    expect(ids.has("ping")).toBe(true);
  });
});

describe("hostile arguments", () => {
  it.each([
    ["MCP-016 NUL in the id", { id: "acme/widgets\u0000" }],
    ["MCP-017 a parent folder as file", { id: "acme/widgets", file: "../x" }],
    ["MCP-018 an absolute file", { id: "acme/widgets", file: "/etc/passwd" }],
    ["MCP-027 an id of 500 KB", { id: "x".repeat(500_000) }],
    ["a file with a drive", { id: "acme/widgets", file: "C:\\Windows\\win.ini" }],
    ["an id that climbs", { id: "../../etc/passwd" }],
    ["a prototype as arguments", JSON.parse('{"__proto__":{"id":"acme/widgets"}}') as object],
    ["an object as id", { id: { toString: "x" } }],
    ["a version of control characters", { id: "acme/widgets", version: "\u001B[31m" }],
  ])("%s is an error of the tool of at most 1 KiB", async (_, args) => {
    await initialize(server);
    server.send(call(1, "chub_get", args));
    const { result } = await server.next();
    const text = result?.content?.[0]?.text ?? "";
    expect({ isError: result?.isError, fits: Buffer.byteLength(text) <= 1024 }).toEqual({
      isError: true,
      fits: true,
    });
    expect(JSON.parse(text)).toMatchObject({ code: expect.stringMatching(/^(USAGE|NOT_FOUND)$/u) });
    await expectAlive();
  });

  it("MCP-026 gives nothing of a registry whose path climbs out", async () => {
    scene.write("secret/DOC.md", "the secret\n");
    const version = { version: "1.0.0", path: "../secret", files: ["DOC.md"] };
    const entry = {
      id: "evil/doc",
      name: "doc",
      description: "x",
      source: "official",
      tags: [],
      languages: [{ language: "javascript", recommendedVersion: "1.0.0", versions: [version] }],
    };
    scene.write(
      "hostile/registry.json",
      JSON.stringify({ version: "1.0.0", docs: [entry], skills: [] }),
    );
    const home = scene.homeWith(
      "home-hostile",
      `sources:\n  - name: hostile\n    path: ${JSON.stringify(`${scene.root}/hostile`)}\n`,
    );
    const hostile = startRaw(built.bin, home);
    await initialize(hostile);
    hostile.send(call(1, "chub_get", { id: "evil/doc" }));
    const answer = await hostile.line();
    expect(JSON.parse(answer)).toMatchObject({ result: { isError: true } });
    expect(answer).not.toContain("the secret");
    hostile.process.kill();
    await hostile.exited;
  });
});

describe("flood", () => {
  it("MCP-031 answers 300 pipelined calls, each once, and every line is JSON", async () => {
    await initialize(server);
    server.send(
      ...Array.from({ length: 300 }, (_, id) => call(id, "chub_get", { id: "acme/manual" })),
    );
    const seen = new Set<unknown>();
    for (let count = 0; count < 300; count += 1) {
      const { id, result } = await server.next();
      expect(result?.isError).toBeUndefined();
      seen.add(id);
    }
    expect(seen.size).toBe(300);
    expect(server.unread()).toEqual([]);
  });

  it("loses nothing when the client reads late", async () => {
    await initialize(server);
    server.process.stdout.pause();
    server.send(
      ...Array.from({ length: 200 }, (_, id) => call(id, "chub_get", { id: "acme/manual" })),
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    server.process.stdout.resume();
    const seen = new Set<unknown>();
    for (let count = 0; count < 200; count += 1) seen.add((await server.next()).id);
    expect(seen.size).toBe(200);
  });

  it("takes requests in pieces of any size", async () => {
    await initialize(server);
    const bytes = Buffer.from(
      Array.from(
        { length: 20 },
        (_, id) =>
          `${JSON.stringify({ jsonrpc: "2.0", id, method: "ping", params: { text: "支付".repeat(id) } })}\n`,
      ).join(""),
    );
    for (let at = 0; at < bytes.length; at += 7)
      server.process.stdin.write(bytes.subarray(at, at + 7));
    for (let id = 0; id < 20; id += 1)
      expect(await server.next()).toEqual({ jsonrpc: "2.0", id, result: {} });
  });
});
