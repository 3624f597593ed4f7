import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { buildServer, call, initialize, startRaw, type BuiltServer } from "./built-server.ts";
import { buildScene, type Scene } from "./scene.ts";

let built: BuiltServer;
let scene: Scene;
const hosts: Server[] = [];

beforeAll(async () => {
  built = buildServer();
  scene = await buildScene();
});
afterEach(() => {
  for (const host of hosts.splice(0)) {
    host.closeAllConnections();
    host.close();
  }
});
afterAll(() => {
  built.remove();
  scene.remove();
});

/** A host on loopback; its URL. */
async function host(answer: (path: string, response: ServerResponse) => void): Promise<string> {
  const server = createServer(({ url = "" }, response) =>
    answer(decodeURIComponent(new URL(url, "http://x").pathname), response),
  );
  hosts.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function filesUnder(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

it("MCP-036 gives up the fetch of a cancelled call: no reply, nothing kept of it", async () => {
  const path = "/acme/docs/widgets/DOC.md";
  const bytes = readFileSync(join(scene.artifact, path));
  let held: ServerResponse | null = null;
  let isHolding = true;
  const url = await host((asked, response) => {
    const file = join(scene.artifact, asked);
    if (!existsSync(file)) return void response.writeHead(404).end();
    if (!asked.endsWith(path) || !isHolding) return void response.end(readFileSync(file));
    // All but the last byte, so that the fetch is under way when it is given up.
    held = response.writeHead(200, { "content-length": bytes.length });
    response.write(bytes.subarray(0, -1));
  });
  const home = scene.homeWith("home-cancel", `sources:\n  - name: remote\n    url: ${url}\n`);
  const server = startRaw(built.bin, home);
  await initialize(server);
  server.send(call(1, "chub_get", { id: "acme/widgets" }));
  await expect.poll(() => held, { timeout: 10_000 }).not.toBeNull();
  server.send({
    jsonrpc: "2.0",
    method: "notifications/cancelled",
    params: { requestId: 1, reason: "the user stopped it" },
  });
  await expect.poll(() => held?.destroyed, { timeout: 10_000 }).toBe(true);
  server.send({ jsonrpc: "2.0", id: 2, method: "ping" });
  expect(await server.next()).toEqual({ jsonrpc: "2.0", id: 2, result: {} });

  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const kept = filesUnder(home).map((file) =>
    createHash("sha256").update(readFileSync(file)).digest("hex"),
  );
  expect(kept).not.toContain(sha256);

  isHolding = false;
  server.send(call(3, "chub_get", { id: "acme/widgets" }));
  const again = await server.next();
  expect([again.id, again.result?.isError ?? false]).toEqual([3, false]);
  server.process.stdin.end();
  expect(await server.exited).toBe(0);
  expect(server.unread()).toEqual([]);
});

it("MCP-037 answers the handshake at once although two sources are silent", async () => {
  let asked = 0;
  const silent = await Promise.all(
    ["one", "two"].map(async (name) => ({ name, url: await host(() => (asked += 1)) })),
  );
  const home = scene.homeWith(
    "home-two-silent",
    `sources:\n${silent.map(({ name, url }) => `  - name: ${name}\n    url: ${url}\n`).join("")}`,
  );
  const server = startRaw(built.bin, home);
  expect((await initialize(server)).result).toMatchObject({ serverInfo: { name: "chub" } });
  server.send({ jsonrpc: "2.0", id: 1, method: "tools/list" });
  expect((await server.next()).result).toHaveProperty("tools");
  // Both answered before a source was asked, so before one could have been waited for.
  expect(asked).toBe(0);
  server.process.stdin.end();
  expect(await server.exited).toBe(0);
});
