import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import {
  NpmSource,
  openCache,
  openCatalog,
  UrlSource,
  type UpdatableSource,
} from "../src/index.ts";
import { fixtureArtifact } from "./fixture-artifact.ts";
import { startHost, type Host } from "./http-host.ts";
import { startRegistry, tarball } from "./npm-package-server.ts";
import { codeOf } from "./source-contract.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Scene {
  readonly host: Host;
  readonly cacheFolder: string;
  /** A new source over the same cache; with little patience for a server that is expected to fail. */
  readonly source: (patience?: { idleMs: number; totalMs: number }) => UpdatableSource;
}

const FILES = fixtureArtifact([
  { id: "a/b", texts: [{ language: "python", version: "1.0.0", files: { "DOC.md": "# One\n" } }] },
]).set("registry.json", Buffer.from("{}"));

function newCache(host: Host): string {
  const folder = mkdtempSync(join(tmpdir(), "chub-cache-"));
  closers.push(host.close, () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const COMMON = { now: () => 1_800_000_000_000, refreshIntervalSeconds: 21_600, offline: false };

async function urlScene(): Promise<Scene> {
  const host = await startHost(FILES);
  const cacheFolder = newCache(host);
  const source: Scene["source"] = (patience) =>
    new UrlSource({
      ...COMMON,
      name: "far",
      url: host.url,
      headers: {},
      cache: openCache(cacheFolder),
      ...(patience === undefined ? {} : { limits: { ...patience, retryPausesMs: [10] } }),
    });
  return { host, cacheFolder, source };
}

async function npmScene(): Promise<Scene> {
  const host = await startRegistry("@acme/docs");
  const cacheFolder = newCache(host);
  const members = [...FILES].map(([path, bytes]) => ({ path: `package/dist/${path}`, bytes }));
  host.publish("1.0.0", tarball(members));
  const source: Scene["source"] = (patience) =>
    new NpmSource({
      ...COMMON,
      name: "far",
      packageName: "@acme/docs",
      range: "",
      npm: { registry: `${host.url}/` },
      cache: openCache(cacheFolder),
      ...(patience === undefined ? {} : { limits: patience }),
    });
  return { host, cacheFolder, source };
}

async function textOf(source: UpdatableSource): Promise<unknown> {
  const catalog = await openCatalog({ sources: [{ source, tier: "official" }] });
  closers.push(() => catalog.close());
  const answer = await catalog.get({ address: "a/b" });
  return answer.outcome === "found" ? answer.parts[0]?.content : answer.outcome;
}

type Manner = Host["behave"];
const answer =
  (status: number, headers: Record<string, string> = {}, body = ""): Manner =>
  (_, response) =>
    Boolean(response.writeHead(status, headers).end(body));

const MANNERS: Readonly<Record<string, Manner>> = {
  "drops the connection": (request) => Boolean(request.socket.destroy()),
  "never answers": () => true,
  "stops in the middle of a body": (_, response) =>
    response.writeHead(200, { "content-length": 1_000 }).write("#") || true,
  "cuts a body": (_, response) =>
    response
      .writeHead(200, { "content-length": 1_000 })
      .write("#", () => setTimeout(() => response.destroy(), 20)) || true,
  "sends without end": (_, response) => {
    const more = (): unknown =>
      response.destroyed || response.write("x".repeat(65_536), () => setTimeout(more, 1));
    response.writeHead(200).on("error", () => undefined);
    more();
    return true;
  },
  "sends the page of a portal": answer(200, { "content-type": "text/html" }, "<html>log in</html>"),
  "sends other bytes": answer(200, { "content-type": "application/json" }, "{}"),
  "sends nothing": answer(200),
  "redirects to a file": answer(302, { location: "file:///etc/passwd" }),
  "redirects in a circle": (request, response) =>
    answer(302, { location: request.url ?? "/" })(request, response),
  "answers 500": answer(500),
  "answers 503 and asks for an hour": answer(503, { "retry-after": "3600" }),
  "answers 429 and asks for an hour": answer(429, { "retry-after": "3600" }),
  "answers 401": answer(401),
  "answers 403": answer(403),
  "answers 404": answer(404),
};

const KINDS = [
  { kind: "url", scene: urlScene, description: "/manifest.json", body: "/a/b/1.0.0/python/DOC.md" },
  {
    kind: "npm",
    scene: npmScene,
    description: "/@acme%2fdocs",
    body: "/@acme/docs/-/1.0.0.tgz",
  },
];

describe.each(KINDS)("$kind: a server that", ({ scene, ...places }) => {
  const cases = Object.keys(MANNERS).flatMap((name) => [
    { name, place: places.description },
    { name, place: places.body },
  ]);

  it.each(cases)(
    "$name for $place is an error, and leaves nothing behind",
    async ({ name, place }) => {
      const { host, cacheFolder, source } = await scene();
      const manner = MANNERS[name];
      let asked = 0;
      host.behave = (request, response) => {
        if (request.url !== place || manner === undefined) return false;
        asked += 1;
        return manner(request, response);
      };
      expect(await codeOf(textOf(source({ idleMs: 500, totalMs: 2_000 })))).toMatch(
        /^(NO_DATA|INTEGRITY)$/,
      );
      expect(asked).toBeGreaterThan(0);
      host.behave = () => false;
      expect(await textOf(source())).toBe("# One\n");
      expect(openCache(cacheFolder).verify()).toEqual([]);
    },
  );

  it.each(Object.keys(MANNERS))("%s: what was cached is still read", async (name) => {
    const { host, source } = await scene();
    expect(await textOf(source())).toBe("# One\n");
    host.behave = MANNERS[name] ?? (() => false);
    const late = source({ idleMs: 500, totalMs: 2_000 });
    const [update] = await updated(late);
    expect(update?.outcome).toBe("failed");
    expect(await textOf(late)).toBe("# One\n");
  });
});

async function updated(source: UpdatableSource) {
  const catalog = await openCatalog({ sources: [{ source, tier: "official" }] });
  closers.push(() => catalog.close());
  return catalog.update({ force: true, full: false });
}
