import { createServer } from "node:net";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import {
  isChubError,
  memoryFile,
  openCache,
  openCatalog,
  UrlSource,
  type OpenedCatalog,
  type UrlSourceOptions,
} from "../src/index.ts";
import { fixtureArtifact, sha256, withManifest, type FixtureEntry } from "./fixture-artifact.ts";
import { startHost, type Host } from "./http-host.ts";
import { codeOf, sourceContract } from "./source-contract.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Setup {
  readonly host: Host;
  readonly cacheFolder: string;
  /** Hours that the clock of the sources is ahead. */
  hours: number;
  readonly source: (more?: Partial<UrlSourceOptions>) => UrlSource;
  readonly catalog: (more?: Partial<UrlSourceOptions>) => Promise<OpenedCatalog>;
}

const entry = (text: string, id = "a/b"): FixtureEntry => ({
  id,
  texts: [
    { language: "python", version: "1.0.0", files: { "DOC.md": text, "references/x.md": "# X\n" } },
  ],
});
/** For servers that are expected not to answer; the others may take as long as a slow machine needs. */
const IMPATIENT = { limits: { totalMs: 1_500, idleMs: 700, retryPausesMs: [20, 40] } };
const DOC_PATH = "a/b/1.0.0/python/DOC.md";

async function setUp(
  files: ReadonlyMap<string, Uint8Array> = fixtureArtifact([entry("# One\n")]),
): Promise<Setup> {
  const host = await startHost(files);
  const cacheFolder = mkdtempSync(join(tmpdir(), "chub-cache-"));
  closers.push(host.close, async () => rmSync(cacheFolder, { recursive: true, force: true }));
  const setup: Setup = {
    host,
    cacheFolder,
    hours: 0,
    source: (more = {}) =>
      new UrlSource({
        name: "far",
        url: host.url,
        headers: {},
        cache: openCache(cacheFolder),
        now: () => 1_800_000_000_000 + setup.hours * 3_600_000,
        refreshIntervalSeconds: 21_600,
        offline: false,
        limits: { totalMs: 60_000, idleMs: 30_000, retryPausesMs: [20, 40] },
        ...more,
      }),
    async catalog(more = {}) {
      const catalog = await openCatalog({
        sources: [{ source: setup.source(more), tier: "official" }],
      });
      closers.push(() => catalog.close());
      return catalog;
    },
  };
  return setup;
}

const contentOf = async (catalog: OpenedCatalog, address = "a/b"): Promise<unknown> => {
  const answer = await catalog.get({ address });
  return answer.outcome === "found" ? answer.parts[0]?.content : answer;
};

sourceContract("url", async (files) => {
  const { source, host } = await setUp(withManifest(files));
  return { source: source(), close: host.close };
});

sourceContract("url in Context Hub's layout", async (files) => {
  const { source, host } = await setUp(
    new Map([...files].filter(([path]) => !path.startsWith("index/"))),
  );
  const inner = source();
  const index = files.get("index/catalog.bin") ?? new Uint8Array();
  // The layout has no file that is read by position; the contract's one is served from the registry's place.
  return {
    source: {
      ...bind(inner),
      open: async (path) => (path === "index/catalog.bin" ? memory(index) : inner.open(path)),
      read: async (path) => (path === "index/catalog.bin" ? index : inner.read(path)),
    },
    close: host.close,
  };
});

it("fetches what a question needs, once, and answers offline from it", async () => {
  const { host, catalog } = await setUp();
  expect(await contentOf(await catalog())).toBe("# One\n");
  expect(host.log).toEqual([
    "GET /manifest.json 200",
    "GET /index/catalog.bin 200",
    `GET /${DOC_PATH} 200`,
  ]);
  expect(await contentOf(await catalog())).toBe("# One\n");
  expect(host.log.length).toBe(3);
  await host.close();
  expect(await contentOf(await catalog({ offline: true }))).toBe("# One\n");
  expect(await codeOf((await catalog({ offline: true })).get({ address: "a/b", full: true }))).toBe(
    "NO_DATA",
  );
});

describe("update", () => {
  it("A1: what update fetched is what the next get prints, in every layout", async () => {
    const setup = await setUp();
    const catalog = await setup.catalog();
    expect(await contentOf(catalog)).toBe("# One\n");
    replace(setup.host, fixtureArtifact([entry("# Two\n")]));
    expect(await contentOf(catalog)).toBe("# One\n");
    expect(await catalog.update({ force: true, full: false })).toEqual([
      { name: "far", outcome: "updated", fetched: 0 },
    ]);
    expect(await contentOf(catalog)).toBe("# Two\n");
    expect(await contentOf(await setup.catalog())).toBe("# Two\n");

    const hub = await setUp(contextHub("# One\n"));
    const old = await hub.catalog();
    expect(await contentOf(old)).toBe("# One\n");
    hub.host.files.set("a/docs/b/DOC.md", Buffer.from("# Two\n"));
    expect(await contentOf(old)).toBe("# One\n");
    hub.hours = 0.1;
    expect(await old.update({ force: true, full: false })).toEqual([
      { name: "far", outcome: "unchanged", fetched: 0 },
    ]);
    expect(await contentOf(old)).toBe("# Two\n");
  });

  it("A7: a plain update honours the refresh interval, force ignores it", async () => {
    const setup = await setUp();
    const catalog = await setup.catalog();
    await contentOf(catalog);
    setup.host.log.length = 0;
    expect(await catalog.update({ force: false, full: false })).toEqual([
      { name: "far", outcome: "fresh", fetched: 0 },
    ]);
    expect(setup.host.log).toEqual([]);
    expect(await catalog.update({ force: true, full: false })).toEqual([
      { name: "far", outcome: "unchanged", fetched: 0 },
    ]);
    expect(setup.host.log).toEqual(["GET /manifest.json 304"]);
  });

  it("A8: a full update makes search and every get work without a network", async () => {
    const setup = await setUp();
    const catalog = await setup.catalog();
    const [update] = await catalog.update({ force: false, full: true });
    expect(update).toMatchObject({ name: "far", outcome: "fresh", fetched: 6 });
    await setup.host.close();
    const offline = await setup.catalog({ offline: true });
    expect(await offline.get({ address: "a/b", full: true, maxTokens: 9 })).toMatchObject({
      outcome: "found",
    });
    expect((await offline.search({ query: "a/b" })).total).toBe(1);
  });

  it("says that every source failed, and keeps what it had", async () => {
    const setup = await setUp();
    const catalog = await setup.catalog();
    await contentOf(catalog);
    await setup.host.close();
    expect(await catalog.update({ force: true, full: false })).toMatchObject([
      { name: "far", outcome: "failed", problem: { code: "NO_DATA" } },
    ]);
    expect(await contentOf(catalog)).toBe("# One\n");
  });

  it("a host that moved on while it was read is read anew", async () => {
    const setup = await setUp();
    const catalog = await setup.catalog();
    expect((await catalog.list({})).total).toBe(1);
    replace(setup.host, fixtureArtifact([entry("# Two\n")]));
    expect(await contentOf(catalog)).toBe("# Two\n");
  });
});

describe("a host that is not well", () => {
  it("answers from the cache when it is dead or silent, and does not wait for it", async () => {
    const setup = await setUp();
    await contentOf(await setup.catalog());
    setup.hours = 24;
    setup.host.behave = () => true;
    const silent = await setup.catalog(IMPATIENT);
    expect(await contentOf(silent)).toBe("# One\n");
    expect(silent.sources()).toMatchObject([{ checkedAt: "2027-01-15T08:00:00.000Z" }]);
    await setup.host.close();
    expect(await contentOf(await setup.catalog())).toBe("# One\n");
  });

  it("refreshes within the interval's end, and takes a check in the future for none", async () => {
    const setup = await setUp();
    await contentOf(await setup.catalog());
    replace(setup.host, fixtureArtifact([entry("# Two\n")]));
    setup.hours = -5;
    expect(await contentOf(await setup.catalog())).toBe("# Two\n");
    replace(setup.host, fixtureArtifact([entry("# Three\n")]));
    setup.hours = 7;
    expect(await contentOf(await setup.catalog())).toBe("# Three\n");
  });

  it("never reports no data as no results", async () => {
    for (const status of [500, 503, 429, 403, 401, 418, 204]) {
      const setup = await setUp();
      setup.host.behave = (_, response) =>
        Boolean(response.writeHead(status, { "retry-after": "3600" }).end());
      const catalog = await setup.catalog();
      expect([status, await codeOf(catalog.search({ query: "one" }))]).toEqual([status, "NO_DATA"]);
      expect([status, await codeOf(catalog.get({ address: "a/b" }))]).toEqual([status, "NO_DATA"]);
    }
  });

  it("tries again after a server error and a rate limit, unless that asks for more time than there is", async () => {
    const setup = await setUp();
    let failures = 2;
    setup.host.behave = (_, response) => failures-- > 0 && Boolean(response.writeHead(503).end());
    expect(await contentOf(await setup.catalog())).toBe("# One\n");
    expect(setup.host.log.slice(0, 3)).toEqual([
      "GET /manifest.json 503",
      "GET /manifest.json 503",
      "GET /manifest.json 200",
    ]);
    failures = 1;
    const busy = await setUp();
    busy.host.behave = (_, response) =>
      failures-- > 0 && Boolean(response.writeHead(429, { "retry-after": "0" }).end());
    expect(await contentOf(await busy.catalog())).toBe("# One\n");
    const limited = await setUp();
    limited.host.behave = (_, response) =>
      Boolean(response.writeHead(429, { "retry-after": "3600" }).end());
    expect(await codeOf(limited.source().read("manifest.json"))).toBe("NO_DATA");
    expect(limited.host.log).toEqual(["GET /manifest.json 429"]);
  });

  it("A6: refuses every wrong byte, names the file and keeps nothing of it", async () => {
    const setup = await setUp();
    const catalog = await setup.catalog();
    setup.host.files.set(DOC_PATH, Buffer.from("# Onf\n"));
    const error = await catalog.get({ address: "a/b" }).catch((thrown: unknown) => thrown);
    expect(isChubError(error) ? [error.code, error.message] : error).toEqual([
      "INTEGRITY",
      `Refused "${DOC_PATH}" of source far: its bytes are not those of the manifest`,
    ]);
    setup.host.behave = (request, response) =>
      request.url === `/${DOC_PATH}` &&
      Boolean(response.writeHead(200, { "content-type": "text/html" }).end("<html>portal</html>"));
    expect(await codeOf(catalog.get({ address: "a/b" }))).toBe("INTEGRITY");
    setup.host.behave = () => false;
    setup.host.files.set(DOC_PATH, Buffer.from("# One\n"));
    expect(await contentOf(catalog)).toBe("# One\n");
  });

  it("refuses a body that is cut, endless, slow, or a bomb", async () => {
    const bodies: Record<string, Host["behave"]> = {
      cut: (_, response) =>
        Boolean(
          response.writeHead(200, { "content-length": 6 }).write("# O", () => response.destroy()),
        ) || true,
      closed: (_, response) =>
        Boolean(
          response
            .writeHead(200, { connection: "close", "transfer-encoding": "identity" })
            .end("# O"),
        ),
      endless: (_, response) => {
        const more = (): unknown => response.write("x".repeat(65_536), () => setImmediate(more));
        response.writeHead(200).on("error", () => undefined);
        return Boolean(more()) || true;
      },
      slow: (_, response) =>
        Boolean(response.writeHead(200, { "content-length": 6 }).write("#")) || true,
      bomb: (_, response) =>
        Boolean(
          response
            .writeHead(200, { "content-encoding": "gzip" })
            .end(gzipSync(Buffer.alloc(30_000_000))),
        ),
    };
    for (const [name, behave] of Object.entries(bodies)) {
      const setup = await setUp();
      const catalog = await setup.catalog();
      await catalog.list({});
      const impatient = await setup.catalog(IMPATIENT);
      setup.host.behave = (request, response) =>
        request.url === `/${DOC_PATH}` && behave(request, response);
      expect([name, await codeOf(impatient.get({ address: "a/b" }))]).toEqual([
        name,
        expect.stringMatching(/^(NO_DATA|INTEGRITY)$/),
      ]);
      expect(openCache(setup.cacheFolder).read(sha256("# One\n"))).toBe(null);
      setup.host.behave = () => false;
      expect(await contentOf(await setup.catalog())).toBe("# One\n");
    }
  });

  it("follows redirects of its own origin only, and not for ever", async () => {
    const other = await setUp();
    const setup = await setUp();
    const redirect =
      (location: string): Host["behave"] =>
      (request, response) =>
        request.url === "/manifest.json" && Boolean(response.writeHead(302, { location }).end());
    for (const location of [
      `${other.host.url}/manifest.json`,
      "file:///etc/passwd",
      "http://169.254.169.254/",
      "https://127.0.0.1/",
      "data:text/plain,x",
    ]) {
      setup.host.behave = redirect(location);
      expect([location, await codeOf(setup.source().read("manifest.json"))]).toEqual([
        location,
        "INTEGRITY",
      ]);
    }
    expect(other.host.log).toEqual([]);
    setup.host.behave = redirect("/manifest.json");
    expect(await codeOf(setup.source().read("manifest.json"))).toBe("NO_DATA");
    setup.host.files.set("moved.json", setup.host.files.get("manifest.json") ?? new Uint8Array());
    setup.host.behave = redirect("/moved.json");
    expect(await contentOf(await setup.catalog())).toBe("# One\n");
  });

  it("keeps the last good generation when the new one is broken", async () => {
    const setup = await setUp();
    await contentOf(await setup.catalog());
    const good = setup.host.files.get("manifest.json") ?? new Uint8Array();
    for (const bad of [
      "<html>",
      "{}",
      "null",
      '{"format":1,"digest":"x","files":[]}',
      Buffer.from(good)
        .toString()
        .replace(/"size":\d/, '"size":-1'),
      Buffer.from(good)
        .toString()
        .replace(/"path":"a\//, '"path":"../'),
      '{"format":2,"digest":"x","files":[]}',
    ]) {
      setup.host.files.set("manifest.json", Buffer.from(bad));
      const catalog = await setup.catalog();
      const [update] = await catalog.update({ force: true, full: false });
      expect([bad.slice(0, 30), update?.outcome]).toEqual([bad.slice(0, 30), "failed"]);
      expect(await contentOf(catalog)).toBe("# One\n");
    }
  });

  it("sends tokens to its host only, and asks for the very path that was checked", async () => {
    const seen: (string | undefined)[] = [];
    const setup = await setUp();
    setup.host.behave = (request) => {
      seen.push(request.headers.authorization);
      return false;
    };
    await contentOf(await setup.catalog({ headers: { authorization: "Bearer secret" } }));
    expect(new Set(seen)).toEqual(new Set(["Bearer secret"]));
    setup.host.behave = (_, response) => Boolean(response.writeHead(500).end());
    const error = await setup
      .source({
        url: `${setup.host.url}/v1`,
        headers: { authorization: "Bearer secret" },
        cache: openCache(join(setup.cacheFolder, "other")),
      })
      .read("manifest.json")
      .catch((thrown: unknown) => thrown);
    expect(String(error)).not.toContain("secret");
  });

  it("says at once that nobody listens", async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as { port: number };
    await new Promise((done) => server.close(done));
    const setup = await setUp();
    expect(
      await codeOf(setup.source({ url: `http://127.0.0.1:${port}` }).read("manifest.json")),
    ).toBe("NO_DATA");
  });
});

describe("the cache", () => {
  it("heals: a changed, cut or emptied file is fetched again, and refused when it cannot be", async () => {
    const setup = await setUp();
    await (await setup.catalog()).update({ force: false, full: true });
    const objects = join(setup.cacheFolder, "objects");
    const paths = readdirSync(objects).flatMap((shard) =>
      readdirSync(join(objects, shard)).map((name) => join(objects, shard, name)),
    );
    expect(paths.length).toBeGreaterThan(5);
    const good = new Map(paths.map((path) => [path, readFileSync(path)]));
    for (const damage of [
      (bytes: Buffer) => bytes.subarray(0, bytes.length - 1),
      () => Buffer.alloc(0),
      (bytes: Buffer) => Buffer.from(bytes.map((byte, index) => (index === 3 ? byte ^ 1 : byte))),
    ]) {
      for (const [path, bytes] of good) writeFileSync(path, damage(bytes));
      expect(await contentOf(await setup.catalog())).toBe("# One\n");
      await (await setup.catalog()).update({ force: false, full: true });
      expect(openCache(setup.cacheFolder).verify()).toEqual([]);
    }
    for (const path of paths) writeFileSync(path, "x");
    expect(openCache(setup.cacheFolder).verify().length).toBe(paths.length);
    await setup.host.close();
    expect(await codeOf((await setup.catalog()).get({ address: "a/b" }))).toBe("NO_DATA");
  });

  it("works from memory when it cannot be written", async () => {
    const setup = await setUp();
    const file = join(setup.cacheFolder, "file");
    writeFileSync(file, "in the way");
    const cache = openCache(file);
    expect(await contentOf(await setup.catalog({ cache }))).toBe("# One\n");
    expect(cache.problem()).toMatchObject({ code: "LOCAL_IO" });
  });

  it("A5: clear removes what was fetched and nothing else; torn state counts as none", async () => {
    const setup = await setUp();
    writeFileSync(join(setup.cacheFolder, "notes.txt"), "mine");
    await contentOf(await setup.catalog());
    const cache = openCache(setup.cacheFolder);
    expect(cache.status().objects).toBe(3);
    for (const name of readdirSync(join(setup.cacheFolder, "sources")))
      writeFileSync(join(setup.cacheFolder, "sources", name), '{"layout":"chub","root":');
    expect(await contentOf(await setup.catalog())).toBe("# One\n");
    cache.clear();
    expect(readdirSync(setup.cacheFolder)).toEqual(["notes.txt"]);
    expect(cache.status()).toEqual({ folder: setup.cacheFolder, objects: 0, bytes: 0 });
  });

  it("stays within a size", async () => {
    const folder = mkdtempSync(join(tmpdir(), "chub-cache-"));
    closers.push(async () => rmSync(folder, { recursive: true }));
    const cache = openCache(folder);
    const written = Array.from({ length: 10 }, (_, index) =>
      cache.write(Buffer.alloc(1000, index)),
    );
    cache.evict(4500);
    expect(cache.status()).toEqual({ folder, objects: 4, bytes: 4000 });
    expect(written.filter((sum) => cache.read(sum) !== null).length).toBe(4);
    expect(statSync(folder).isDirectory()).toBe(true);
  });
});

function replace(host: Host, files: ReadonlyMap<string, Uint8Array>): void {
  host.files.clear();
  for (const [path, bytes] of files) host.files.set(path, bytes);
}

function contextHub(text: string): Map<string, Uint8Array> {
  const registry = {
    version: "1.0.0",
    docs: [
      {
        id: "a/b",
        name: "b",
        description: "",
        source: "community",
        tags: [],
        languages: [
          {
            language: "python",
            versions: [{ version: "1", path: "a/docs/b", files: ["DOC.md"], size: 1 }],
            recommendedVersion: "1",
          },
        ],
      },
    ],
    skills: [],
  };
  return new Map([
    ["registry.json", Buffer.from(JSON.stringify(registry))],
    ["a/docs/b/DOC.md", Buffer.from(text)],
  ]);
}

function bind(source: UrlSource): Pick<UrlSource, "name" | "kind" | "location"> {
  const { name, kind, location } = source;
  return { name, kind, location };
}

function memory(bytes: Uint8Array): ReturnType<UrlSource["open"]> {
  return Promise.resolve(memoryFile(bytes));
}
