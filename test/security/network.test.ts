import { createServer as createSecureServer } from "node:https";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import {
  exitCodeOf,
  isChubError,
  loadConfiguration,
  openCache,
  openCatalog,
  UrlSource,
  type OpenedCatalog,
} from "../../packages/registry/src/index.ts";
import { fixtureArtifact } from "../../packages/registry/test/fixture-artifact.ts";
import { startHost, type Host } from "../../packages/registry/test/http-host.ts";
import { forEach, securityTable } from "./security-table.ts";
import { atEnd, FIXTURES, newWorld, treeOf, useWorlds } from "./world.ts";

useWorlds();

type Behaviour = Host["behave"];
const artifact = (text = "# One\n") =>
  fixtureArtifact([{ id: "a/b", texts: [{ files: { "DOC.md": text } }] }]);

interface Scene {
  readonly host: Host;
  readonly folder: string;
  days: number;
  readonly open: (more?: { url?: string; offline?: boolean }) => Promise<OpenedCatalog>;
}

async function scene(behave?: Behaviour): Promise<Scene> {
  const host = await startHost(artifact());
  const folder = mkdtempSync(join(tmpdir(), "chub-net-"));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  atEnd(host.close);
  if (behave !== undefined) host.behave = behave;
  const made: Scene = {
    host,
    folder,
    days: 0,
    async open({ url = host.url, offline = false } = {}) {
      const source = new UrlSource({
        name: "hub",
        url,
        headers: {},
        cache: openCache(folder),
        now: () => 1_800_000_000_000 + made.days * 86_400_000,
        refreshIntervalSeconds: 3_600,
        offline,
        limits: { totalMs: 3_000, idleMs: 800, retryPausesMs: [5, 10] },
      });
      const catalog = await openCatalog({ sources: [{ source, tier: "official" }] });
      atEnd(() => catalog.close());
      return catalog;
    },
  };
  return made;
}

async function outcome(action: Promise<unknown>): Promise<unknown> {
  try {
    return ((await action) as { outcome?: string }).outcome ?? "answered";
  } catch (error) {
    if (isChubError(error)) return exitCodeOf(error.code);
    throw error;
  }
}

const status =
  (code: number, headers = {}): Behaviour =>
  (_, response) => {
    response.writeHead(code, headers).end("no");
    return true;
  };
const onDocument =
  (behave: (request: IncomingMessage, response: ServerResponse) => void): Behaviour =>
  (request, response) => {
    if (!(request.url ?? "").endsWith("DOC.md")) return false;
    behave(request, response);
    return true;
  };

/** First use: search, list and get all end with 4, never with an empty answer. */
async function noData(behave: Behaviour): Promise<void> {
  const { open, folder } = await scene(behave);
  const catalog = await open();
  expect([
    await outcome(catalog.search({ query: "b" })),
    await outcome(catalog.list({})),
    await outcome(catalog.get({ address: "a/b" })),
  ]).toEqual([4, 4, 4]);
  expect([...treeOf(folder).keys()]).toEqual([]);
}

async function noDataAt(url: string): Promise<void> {
  const catalog = await (await scene()).open({ url });
  expect(await outcome(catalog.search({ query: "b" }))).toBe(4);
}

/** A wrong document is refused and not kept; the right one is then fetched. */
async function refusesDocument({
  behave,
  codes,
}: {
  behave: Behaviour;
  codes: readonly number[];
}): Promise<void> {
  const { host, open, folder } = await scene(behave);
  const catalog = await open();
  const before = [...treeOf(folder).keys()].sort();
  expect(codes).toContain(await outcome(catalog.get({ address: "a/b" })));
  expect([...treeOf(folder).keys()].filter((path) => path.startsWith("objects")).sort()).toEqual(
    before.filter((path) => path.startsWith("objects")),
  );
  host.behave = () => false;
  expect(await outcome((await open()).get({ address: "a/b" }))).toBe("found");
}

/** Every redirect is refused, and the other place hears nothing. */
async function refusesRedirect(location: string): Promise<void> {
  const inner = await startHost(new Map([["manifest.json", Buffer.from("secret")]]));
  atEnd(inner.close);
  const { open } = await scene(
    status(302, { location: location.replace("INNER", new URL(inner.url).host) }),
  );
  const catalog = await open();
  expect(await outcome(catalog.list({}))).toBe(5);
  expect(inner.log).toEqual([]);
}

async function configCode(name: string): Promise<unknown> {
  const home = mkdtempSync(join(tmpdir(), "chub-config-"));
  atEnd(() => rmSync(home, { recursive: true }));
  const world = newWorld();
  world.configure(readFileSync(join(FIXTURES, "config", `${name}.yaml`), "utf8"));
  const loaded = loadConfiguration({
    variables: { CHUB_DIR: world.chubDirectory },
    homeDirectory: home,
    workingDirectory: home,
    contentDirectory: () => null,
  });
  return outcome(loaded);
}

securityTable("network", {
  "NETWORK-001": () => noDataAt("http://127.0.0.1:1"),
  "NETWORK-002": () => noDataAt("https://nonexistent.invalid"),
  ...forEach(
    {
      "NETWORK-003": status(500),
      "NETWORK-005": status(503),
      "NETWORK-006": status(429, { "retry-after": "3600" }),
      "NETWORK-007": status(403),
      "NETWORK-010": status(301, { location: "/loop" }),
      "NETWORK-033": status(304),
    },
    noData,
  ),
  async "NETWORK-011"() {
    const world = newWorld();
    await world.host(new Map());
    const { status: code, stdout } = await world.chub("update", "--force", "--json");
    expect({ code, status: JSON.parse(stdout).status }).toEqual({ code: 4, status: "failed" });
  },
  async "NETWORK-013"() {
    const made = await scene();
    expect(await outcome((await made.open()).get({ address: "a/b" }))).toBe("found");
    made.days = 1;
    const asked: IncomingMessage[] = [];
    made.host.behave = (request) => asked.push(request) > 0;
    expect(await outcome((await made.open()).get({ address: "a/b" }))).toBe("found");
    // The answer came while the server was still silent: nothing has given up on it yet.
    expect(asked.map(({ url, socket }) => [url, socket.destroyed])).toEqual([
      ["/manifest.json", false],
    ]);
  },
  "NETWORK-016": () =>
    noData((_, response) => {
      response.writeHead(200, { "content-length": 1_000 }).write("{");
      return true;
    }),
  "NETWORK-017": () =>
    refusesDocument({
      behave: onDocument(
        (_, response) => void response.writeHead(200, { "content-length": 6 }).write("#"),
      ),
      codes: [4],
    }),
  ...forEach(
    {
      "NETWORK-018": "http://INNER/manifest.json",
      "NETWORK-019": "http://INNER/manifest.json",
      "NETWORK-020": "file:///etc/passwd",
      "NETWORK-023": "http://example.invalid/manifest.json",
    },
    refusesRedirect,
  ),
  ...forEach(
    { "NETWORK-021": "source-data-url", "NETWORK-022": "source-http-remote" },
    async (name) => expect(await configCode(name)).toBe(2),
  ),
  async "NETWORK-024"() {
    expect(await configCode("source-credentials")).toBe(2);
    const world = newWorld();
    world.configure("sources:\n  - name: hub\n    url: https://user:hunter2@x.example\n");
    const { stdout, stderr } = await world.chub("search", "x", "--json");
    expect(`${stdout}${stderr}`).not.toContain("hunter2");
  },
  async "NETWORK-025"() {
    const { host, open } = await scene();
    const hits = await (
      await open({ url: `${host.url}/`.replace(/\/$/, "") })
    ).search({ query: "b" });
    expect(JSON.stringify(hits)).not.toContain(host.url);
    const world = newWorld();
    world.configure(`sources:\n  - name: hub\n    url: http://127.0.0.1:1/?token=hunter2\n`);
    const { stdout, stderr } = await world.chub("search", "x", "--json");
    expect(`${stdout}${stderr}`).not.toContain("hunter2");
  },
  "NETWORK-026": () =>
    refusesDocument({
      behave: onDocument(
        (_, response) =>
          void response.writeHead(200, { "content-type": "text/html" }).end("<html>"),
      ),
      codes: [5],
    }),
  "NETWORK-027": () =>
    refusesDocument({
      behave: onDocument((_, response) => {
        response.writeHead(200, { "content-length": 6 }).write("# O");
        setImmediate(() => response.destroy());
      }),
      codes: [4, 5],
    }),
  "NETWORK-028": () =>
    refusesDocument({
      behave: onDocument(({ socket }) => void socket.end("HTTP/1.0 200 OK\r\n\r\n# O")),
      codes: [5],
    }),
  "NETWORK-031": () =>
    refusesDocument({
      behave: onDocument((_, response) => {
        const more = (): void => {
          if (!response.destroyed) response.write(Buffer.alloc(65_536), () => setImmediate(more));
        };
        more();
      }),
      codes: [5],
    }),
  async "NETWORK-032"() {
    const { host, open } = await scene(status(429, { "retry-after": "3600" }));
    expect(await outcome((await open()).list({}))).toBe(4);
    expect(host.log).toEqual(["GET /manifest.json 429"]);
  },
  async "NETWORK-034"() {
    const folder = mkdtempSync(join(tmpdir(), "chub-tls-"));
    atEnd(() => rmSync(folder, { recursive: true }));
    execFileSync(
      "openssl",
      [
        "req",
        "-x509",
        "-newkey",
        "ed25519",
        "-nodes",
        "-keyout",
        join(folder, "key"),
        "-out",
        join(folder, "cert"),
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
      ],
      { stdio: "ignore" },
    );
    const server = createSecureServer(
      { key: readFileSync(join(folder, "key")), cert: readFileSync(join(folder, "cert")) },
      (_, response) => response.end("{}"),
    );
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    atEnd(() => server.close());
    const { port } = server.address() as AddressInfo;
    const catalog = await (await scene()).open({ url: `https://localhost:${port}` });
    await expect(catalog.list({})).rejects.toThrow(/TLS certificate is not accepted/);
  },
  async "NETWORK-036"() {
    const made = await scene();
    const online = await made.open();
    await online.get({ address: "a/b" });
    made.host.log.length = 0;
    let connections = 0;
    made.host.behave = () => (connections += 1) < 0;
    const offline = await made.open({ offline: true });
    expect(await outcome(offline.get({ address: "a/b" }))).toBe("found");
    expect(await outcome(offline.search({ query: "b" }))).toBe(4);
    expect(connections).toBe(0);
  },
  async "NETWORK-037"() {
    // Every command with a network that would be noticed: only the configured host is asked, and by update alone.
    const world = newWorld();
    const host = await world.host(artifact());
    const elsewhere = await startHost(new Map());
    atEnd(elsewhere.close);
    const environment = {
      CHUB_TELEMETRY: "1",
      http_proxy: elsewhere.url,
      HTTP_PROXY: elsewhere.url,
    };
    for (const argv of [
      ["list"],
      ["search", "b"],
      ["get", "a/b"],
      ["help"],
      ["sources"],
      ["--version"],
    ])
      expect((await world.chubWith(environment, ...argv)).status).toBe(0);
    expect(elsewhere.log).toEqual([]);
    expect(new Set(host.log.map((line) => line.split(" ")[1]))).toEqual(
      new Set([
        "/manifest.json",
        "/index/catalog.bin",
        "/index/search.bin",
        "/index/sections.bin",
        "/a/b/DOC.md",
      ]),
    );
  },
});
