import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import {
  objectPath,
  openCache,
  openCatalog,
  UrlSource,
  type OpenedCatalog,
  type UrlSourceOptions,
} from "../src/index.ts";
import { fixtureArtifact, sha256, withManifest, type FixtureEntry } from "./fixture-artifact.ts";
import { startHost, type Host } from "./http-host.ts";
import { newKey, published, type SigningKey } from "./published-artifact.ts";
import { codeOf, sourceContract } from "./source-contract.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const [current, next, stranger] = [newKey(), newKey(), newKey()];
const KEYS = [current.pinned, next.pinned];
const START = Date.parse("2027-01-02T00:00:00Z");
const DAY = 86_400_000;

const artifact = (text: string, id = "a/b"): Map<string, Uint8Array> => {
  const entry: FixtureEntry = { id, texts: [{ files: { "DOC.md": text } }] };
  return fixtureArtifact([entry]);
};

interface Setup {
  readonly host: Host;
  days: number;
  readonly folder: string;
  readonly serve: (
    text: string,
    keys: readonly SigningKey[],
    more?: Parameters<typeof published>[2],
  ) => void;
  readonly source: (more?: Partial<UrlSourceOptions>, keys?: readonly string[]) => UrlSource;
  readonly catalog: (
    more?: Partial<UrlSourceOptions>,
    keys?: readonly string[],
  ) => Promise<OpenedCatalog>;
}

async function setUp(): Promise<Setup> {
  const host = await startHost(published(artifact("# One\n"), [current]));
  const folder = mkdtempSync(join(tmpdir(), "chub-channel-"));
  closers.push(host.close, async () => rmSync(folder, { recursive: true, force: true }));
  const setup: Setup = {
    host,
    days: 0,
    folder,
    serve(text, keys, more) {
      for (const [path, bytes] of published(artifact(text), keys, more))
        host.files.set(path, bytes);
    },
    source: (more = {}, keys = KEYS) =>
      new UrlSource({
        name: "far",
        url: host.url,
        headers: {},
        cache: openCache(join(folder, "cache")),
        now: () => START + setup.days * DAY,
        refreshIntervalSeconds: 3_600,
        offline: false,
        limits: { totalMs: 5_000, idleMs: 2_000, retryPausesMs: [10] },
        pointer: {
          place: { channel: "stable" },
          keys,
          memory: openCache(join(folder, "pointers")),
        },
        ...more,
      }),
    async catalog(more, keys) {
      const catalog = await openCatalog({
        sources: [{ source: setup.source(more, keys), tier: "official" }],
      });
      closers.push(() => catalog.close());
      return catalog;
    },
  };
  return setup;
}

const contentOf = async (catalog: OpenedCatalog): Promise<unknown> => {
  const answer = await catalog.get({ address: "a/b" });
  return answer.outcome === "found" ? answer.parts[0]?.content : answer;
};

const updateOf = async (catalog: OpenedCatalog): Promise<unknown> => {
  const [update] = await catalog.update({ force: true, full: false });
  return update?.outcome === "failed" ? update.problem.code : update?.outcome;
};

sourceContract("url with a signed channel", async (files) => {
  const { host, source } = await setUp();
  for (const [path, bytes] of published(withManifest(files), [current]))
    host.files.set(path, bytes);
  return { source: source(), close: async () => undefined };
});

it("reads the pointer, then what a question needs by digest, each once", async () => {
  const { host, catalog, source } = await setUp();
  const files = artifact("# One\n");
  const objectOf = (path: string): string => objectPath(sha256(files.get(path) ?? ""));
  expect(await contentOf(await catalog())).toBe("# One\n");
  expect(host.log).toEqual([
    "GET /channels/stable.json 200",
    `GET /${objectOf("manifest.json")} 200`,
    `GET /${objectOf("index/catalog.bin")} 200`,
    `GET /${objectOf("a/b/DOC.md")} 200`,
  ]);
  const again = await catalog();
  expect(await contentOf(again)).toBe("# One\n");
  expect(host.log.length).toBe(4);
  expect(again.sources()[0]?.release).toEqual({
    version: "1.0.0",
    channel: "stable",
    signedBy: current.id,
    expiresAt: "2027-02-01T00:00:00Z",
  });
  await host.close();
  expect((await source().read("a/b/DOC.md"))?.length).toBe(6);
});

it("follows the channel, and fetches only what changed", async () => {
  const setup = await setUp();
  const catalog = await setup.catalog();
  await catalog.update({ force: true, full: true });
  setup.serve("# Two\n", [current], { sequence: 2, version: "1.1.0" });
  setup.host.log.length = 0;
  expect(await updateOf(catalog)).toBe("updated");
  expect(await contentOf(catalog)).toBe("# Two\n");
  const two = artifact("# Two\n");
  expect(setup.host.log).toEqual([
    "GET /channels/stable.json 200",
    ...["manifest.json", "index/catalog.bin", "a/b/DOC.md"].map(
      (path) => `GET /${objectPath(sha256(two.get(path) ?? ""))} 200`,
    ),
  ]);
  expect(catalog.sources()[0]?.release?.version).toBe("1.1.0");
  expect(await updateOf(catalog)).toBe("unchanged");
  expect(setup.host.log.at(-1)).toBe("GET /channels/stable.json 304");
});

it("stays at a version", async () => {
  const setup = await setUp();
  const { host } = setup;
  for (const [path, bytes] of published(artifact("# Old\n"), [current], {
    version: "0.9.0",
  }))
    if (path.startsWith("objects/")) host.files.set(path, bytes);
  const { signed, payloadOf } = await import("./published-artifact.ts");
  const {
    channel: _,
    sequence: __,
    expiresAt: ___,
    ...payload
  } = payloadOf(artifact("# Old\n"), {
    version: "0.9.0",
  });
  host.files.set("versions/0.9.0.json", signed(payload, [current]));
  const place = { version: "0.9.0" };
  const memory = openCache(join(setup.folder, "pointers"));
  const catalog = await setup.catalog({ pointer: { place, keys: KEYS, memory } });
  setup.days = 3_000;
  expect(await contentOf(catalog)).toBe("# Old\n");
  expect(catalog.sources()[0]?.release).toEqual({ version: "0.9.0", signedBy: current.id });
  const other = { place: { version: "0.8.0" }, keys: KEYS, memory };
  expect(await codeOf(contentOf(await setup.catalog({ pointer: other })))).toBe("NO_DATA");
});

describe("refuses, and keeps answering from what it had", () => {
  it.each<[string, (setup: Setup) => void]>([
    ["a pointer nobody signed", ({ serve }) => serve("# Evil\n", [], { sequence: 9 })],
    ["a pointer a stranger signed", ({ serve }) => serve("# Evil\n", [stranger], { sequence: 9 })],
    [
      "a pointer that was changed",
      ({ host, serve }) => {
        serve("# Evil\n", [current], { sequence: 9 });
        const text = Buffer.from(host.files.get("channels/stable.json") ?? "").toString();
        host.files.set("channels/stable.json", Buffer.from(text.replace('"1.0.0"', '"1.0.1"')));
      },
    ],
    ["an older pointer", ({ serve }) => serve("# Evil\n", [current], { sequence: 1 })],
    [
      "another pointer under the same sequence",
      ({ serve }) => serve("# Evil\n", [current], { sequence: 5 }),
    ],
    [
      "an expired pointer",
      ({ serve }) =>
        serve("# Evil\n", [current], { sequence: 9, expiresAt: "2027-01-01T12:00:00Z" }),
    ],
    [
      "the pointer of another channel",
      ({ host }) => {
        const files = published(artifact("# Evil\n"), [current], { channel: "beta", sequence: 9 });
        for (const [path, bytes] of files) host.files.set(path.replace("beta", "stable"), bytes);
      },
    ],
    [
      "the pointer of another artifact",
      ({ serve }) => serve("# Evil\n", [current], { sequence: 9, artifact: "@other/docs" }),
    ],
    [
      "a manifest with other bytes",
      ({ host, serve }) => {
        serve("# Evil\n", [current], { sequence: 9 });
        const sum = sha256(artifact("# Evil\n").get("manifest.json") ?? "");
        host.files.set(
          objectPath(sum),
          artifact("# Good\n").get("manifest.json") ?? Buffer.from(""),
        );
      },
    ],
    [
      "a page of HTML",
      ({ host }) => void host.files.set("channels/stable.json", Buffer.from("<html>Log in</html>")),
    ],
    [
      "a pointer larger than one can be",
      ({ host }) => void host.files.set("channels/stable.json", Buffer.alloc(70_000, 0x20)),
    ],
  ])("%s", async (_, change) => {
    const setup = await setUp();
    setup.serve("# Good\n", [current], { sequence: 5 });
    const catalog = await setup.catalog();
    expect(await contentOf(catalog)).toBe("# Good\n");
    change(setup);
    expect(await updateOf(catalog)).toBe("INTEGRITY");
    expect(await contentOf(catalog)).toBe("# Good\n");
    expect(catalog.sources()[0]?.stale?.code).toBe("INTEGRITY");
    // Another process, without the cache: what was seen is not in it.
    openCache(join(setup.folder, "cache")).clear();
    expect(await codeOf(contentOf(await setup.catalog()))).toBe("INTEGRITY");
  });

  it("a host that says for ever that nothing has changed", async () => {
    const setup = await setUp();
    const catalog = await setup.catalog();
    expect(await contentOf(catalog)).toBe("# One\n");
    setup.days = 29;
    expect(await updateOf(catalog)).toBe("unchanged");
    setup.days = 31;
    expect(await updateOf(catalog)).toBe("INTEGRITY");
    expect(setup.host.log.at(-1)).toBe("GET /channels/stable.json 304");
    expect(await contentOf(catalog)).toBe("# One\n");
  });
});

it("keys are changed without an interruption: both sign, then the next alone; the old one is then no more", async () => {
  const setup = await setUp();
  const before = await setup.catalog();
  expect(await contentOf(before)).toBe("# One\n");
  setup.serve("# Two\n", [current, next], { sequence: 2 });
  expect(await updateOf(before)).toBe("updated");
  setup.serve("# Three\n", [next], { sequence: 3 });
  expect(await updateOf(before)).toBe("updated");
  expect(await contentOf(before)).toBe("# Three\n");
  // The old key was stolen: who still pins it is protected by the sequence only up to the thief's, who does not, wholly.
  setup.serve("# Evil\n", [current], { sequence: 4_000 });
  const after = await setup.catalog({}, [next.pinned, stranger.pinned]);
  expect(await codeOf(contentOf(after))).toBe("INTEGRITY");
  setup.serve("# Four\n", [next], { sequence: 4 });
  expect(await contentOf(await setup.catalog({}, [next.pinned, stranger.pinned]))).toBe("# Four\n");
});

it("takes an unsigned pointer when no key is pinned, with sequence and expiry all the same", async () => {
  const setup = await setUp();
  setup.serve("# Plain\n", [], { sequence: 2 });
  const catalog = await setup.catalog({}, []);
  expect(await contentOf(catalog)).toBe("# Plain\n");
  expect(catalog.sources()[0]?.release?.signedBy).toBe(undefined);
  setup.serve("# Old\n", [], { sequence: 1 });
  expect(await updateOf(catalog)).toBe("INTEGRITY");
  setup.serve("# New\n", [], { sequence: 3, expiresAt: "2027-01-01T00:00:00Z" });
  expect(await updateOf(catalog)).toBe("INTEGRITY");
});

it("what was recalled is gone with the next refresh, and says why", async () => {
  const setup = await setUp();
  const catalog = await setup.catalog();
  expect(await contentOf(catalog)).toBe("# One\n");
  const recalled = fixtureArtifact(
    [{ id: "c/d", texts: [{ files: { "DOC.md": "# D\n" } }] }],
    [{ from: "a/b", reason: "security recall" }],
  );
  for (const [path, bytes] of published(recalled, [current], { sequence: 2 }))
    setup.host.files.set(path, bytes);
  setup.days = 1;
  expect(await contentOf(catalog)).toEqual({
    outcome: "retired",
    id: "a/b",
    reason: "security recall",
  });
});
