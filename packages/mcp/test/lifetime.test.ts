import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  buildServer,
  call,
  environment,
  initialize,
  startRaw,
  type BuiltServer,
} from "./built-server.ts";
import { startHttp } from "./connect.ts";
import { buildScene, doc, type Scene } from "./scene.ts";

let built: BuiltServer;
let scene: Scene;

beforeAll(async () => {
  built = buildServer();
  scene = await buildScene();
});
afterAll(() => {
  built.remove();
  scene.remove();
});

describe("over stdio", () => {
  it("MCP-032 ends with 0 when the input ends, before or after the handshake", async () => {
    const early = startRaw(built.bin, scene.home);
    early.process.stdin.end();
    expect(await early.exited).toBe(0);
    const late = startRaw(built.bin, scene.home);
    await initialize(late);
    late.process.stdin.end();
    expect(await late.exited).toBe(0);
    expect(late.errors()).toBe("");
  });

  it("MCP-033 answers what was asked before the input ended", async () => {
    const server = startRaw(built.bin, scene.home);
    await initialize(server);
    server.send(
      ...Array.from({ length: 40 }, (_, id) => call(id, "chub_get", { id: "acme/widgets" })),
    );
    server.process.stdin.end();
    const ids = [];
    for (let count = 0; count < 40; count += 1) ids.push((await server.next()).id);
    expect(ids.length).toBe(40);
    expect(await server.exited).toBe(0);
  });

  it.skipIf(process.platform === "win32")(
    "MCP-034 ends with 0 on signals, also when nobody reads",
    async () => {
      for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
        const server = startRaw(built.bin, scene.home);
        await initialize(server);
        server.process.kill(signal);
        expect([signal, await server.exited]).toEqual([signal, 0]);
      }
      const unread = startRaw(built.bin, scene.home);
      await initialize(unread);
      unread.process.stdout.pause();
      unread.send(
        ...Array.from({ length: 100 }, (_, id) => call(id, "chub_get", { id: "acme/manual" })),
      );
      await new Promise((resolve) => setTimeout(resolve, 300));
      unread.process.kill("SIGTERM");
      expect(await unread.exited).toBe(0);
    },
  );

  it("ends when the reader is gone", async () => {
    const server = startRaw(built.bin, scene.home);
    await initialize(server);
    server.process.stdout.destroy();
    server.send(call(1, "chub_list", {}));
    expect(await server.exited).toBe(0);
  });

  it.skipIf(process.platform === "win32")(
    "E2 ends when its parent is killed, although the input stays open",
    async () => {
      // The keeper holds the write end of the server's input; the parent in between is killed.
      const script = `
      const { spawn } = require("node:child_process");
      const child = spawn(process.execPath, [${JSON.stringify(built.bin)}], { stdio: [0, "inherit", "inherit"] });
      process.stderr.write("pid " + child.pid + "\\n");
      setInterval(() => {}, 1000);`;
      const parent = spawn(process.execPath, ["-e", script], {
        env: environment(scene.home),
        stdio: ["pipe", "pipe", "pipe"],
      });
      const [chunk] = (await once(parent.stderr, "data")) as [Buffer];
      const pid = Number(/pid (\d+)/u.exec(chunk.toString())?.[1]);
      parent.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" })}\n`);
      await once(parent.stdout, "data");
      parent.kill("SIGKILL");
      await once(parent, "exit");
      await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false);
    },
  );

  it("MCP-040 keeps standard output to the protocol, whatever is printed", async () => {
    const noisy = scene.write(
      "noisy.cjs",
      'setInterval(() => console.log("noise"), 5).unref(); console.log("early noise");',
    );
    const child = spawn(process.execPath, ["-r", noisy, built.bin], {
      env: { ...environment(scene.home) },
      stdio: ["pipe", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (part: Buffer) => {
      output += part.toString();
    });
    child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" })}\n`);
    await once(child.stdout, "data");
    await new Promise((resolve) => setTimeout(resolve, 200));
    child.stdin.end();
    await once(child, "exit");
    // What is printed before a line of ours runs cannot be caught; after it nothing gets through.
    expect(output.replace("early noise\n", "")).toBe('{"result":{},"jsonrpc":"2.0","id":1}\n');
  });

  it("sees what was built again while it runs, without a restart", async () => {
    const server = startRaw(built.bin, scene.home);
    await initialize(server);
    server.send(call(1, "chub_get", { id: "acme/widgets", section: "create-a-widget" }));
    expect(await server.line()).toContain("Call `createWidget` with a size.");
    scene.write(
      "content/acme/docs/widgets/DOC.md",
      doc({
        name: "widgets",
        language: "javascript",
        version: "2.0.0",
        title: "Acme widgets",
      }).replace("with a size", "with a colour"),
    );
    await scene.build();
    server.send(call(2, "chub_get", { id: "acme/widgets", section: "create-a-widget" }));
    const lines = [await server.line(), await server.line()];
    expect(lines.find((line) => line.includes('"id":2'))).toContain(
      "Call `createWidget` with a colour.",
    );
    expect(lines.map((line) => JSON.parse(line) as object)).toContainEqual({
      jsonrpc: "2.0",
      method: "notifications/resources/list_changed",
    });
    server.process.stdin.end();
    await server.exited;
  });

  it("MCP-037 answers the handshake although a source cannot be reached, and then says so", async () => {
    const home = scene.homeWith(
      "home-silent",
      "sources:\n  - name: silent\n    path: /nowhere/at/all\n",
    );
    const server = startRaw(built.bin, home);
    expect((await initialize(server)).result).toMatchObject({ serverInfo: { name: "chub" } });
    server.send(call(1, "chub_search", { query: "widget" }));
    const { result } = await server.next();
    expect(JSON.parse(result?.content?.[0]?.text ?? "")).toMatchObject({ code: "NO_DATA" });
    server.process.stdin.end();
    expect(await server.exited).toBe(0);
  });
});

describe("over HTTP", () => {
  it.skipIf(process.platform === "win32")(
    "finishes what is under way on SIGTERM and ends with 0",
    async () => {
      const { server, url } = await startHttp(built.bin, scene.home);
      const body = JSON.stringify(call(1, "chub_get", { id: "acme/manual" }));
      const { host, port } = new URL(url);
      const socket = connect(Number(port), "127.0.0.1");
      socket.setEncoding("utf8");
      let text = "";
      socket.on("data", (part: string) => {
        text += part;
      });
      // The server says "continue" when it has taken the request; its body comes after the signal.
      socket.write(
        [
          "POST /mcp HTTP/1.1",
          `host: ${host}`,
          "content-type: application/json",
          "accept: application/json, text/event-stream",
          "expect: 100-continue",
          `content-length: ${Buffer.byteLength(body)}`,
          "",
          "",
        ].join("\r\n"),
      );
      await expect.poll(() => text).toContain("100 Continue");
      server.process.kill("SIGTERM");
      await new Promise((resolve) => setTimeout(resolve, 50));
      socket.write(body);
      await once(socket, "close");
      expect(text).toContain("200 OK");
      expect(text).toContain('"result"');
      expect(await server.exited).toBe(0);
    },
  );
});

it("says how it is used, and what is wrong", async () => {
  const help = startRaw(built.bin, scene.home, ["--help"]);
  expect(await help.line()).toBe(
    "chub-mcp: documentation that coding agents can trust, as an MCP server",
  );
  expect(await help.exited).toBe(0);
  const wrong = startRaw(built.bin, scene.home, ["--prot", "1"]);
  expect(await wrong.exited).toBe(2);
  expect(wrong.errors()).toMatch(/^chub-mcp: Error USAGE: Unknown option '--prot'/u);
  const open = startRaw(built.bin, scene.home, ["--http", "--host", "0.0.0.0"]);
  expect(await open.exited).toBe(2);
  expect(open.errors()).toContain("opens the server to the network");
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
