import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect } from "vitest";
import {
  openAnnotations,
  openCache,
  openCatalog,
  UrlSource,
  type ObjectCache,
} from "../../packages/registry/src/index.ts";
import { fixtureArtifact } from "../../packages/registry/test/fixture-artifact.ts";
import { startHost, type Host } from "../../packages/registry/test/http-host.ts";
import { forEach, securityTable } from "./security-table.ts";
import { FIXTURES, treeOf } from "./world.ts";

let work: string;
let program: string;
let host: Host;
beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), "chub-crash-"));
  program = join(work, "program.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "crash-program.ts")],
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["@chub/source"],
    banner: {
      js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
    },
    outfile: program,
    logLevel: "error",
  });
  host = await startHost(artifact("# New\n"));
});
afterAll(async () => {
  await host.close();
  rmSync(work, { recursive: true, force: true });
});

function artifact(text: string): Map<string, Uint8Array> {
  return fixtureArtifact([{ id: "a/b", texts: [{ files: { "DOC.md": text } }] }]);
}

/** A folder in which the old artifact and one note are. */
async function oldFolder(): Promise<string> {
  const folder = mkdtempSync(join(work, "old-"));
  const old = await startHost(artifact("# Old\n"));
  const cache = openCache(join(folder, "cache"));
  // The address of the host is part of the name of its state: the old artifact is put under that of the new one.
  const served = new Map(host.files);
  replace(host, old.files);
  const catalog = await catalogOf(cache);
  await catalog.update({ force: true, full: true });
  await catalog.close();
  replace(host, served);
  await old.close();
  openAnnotations({ personal: join(folder, "annotations") }).add({
    scope: "personal",
    kind: "note",
    text: "first",
    target: { id: "a/b" },
    createdAt: "2027-01-01T00:00:00.000Z",
  });
  return folder;
}

function replace({ files }: Host, by: ReadonlyMap<string, Uint8Array>): void {
  const next = new Map(by);
  files.clear();
  for (const [path, bytes] of next) files.set(path, bytes);
}

function catalogOf(cache: ObjectCache, offline = false) {
  const source = new UrlSource({
    name: "hub",
    url: host.url,
    headers: {},
    cache,
    now: () => Date.parse("2027-01-02T00:00:00Z"),
    refreshIntervalSeconds: 3_600,
    offline,
  });
  return openCatalog({ sources: [{ source, tier: "official" }], cache });
}

interface Turn {
  /** The write that fails; 0 for none. */
  readonly at: number;
  readonly folder: string;
}

/** Lines of the program, or the signal it died of. */
function start(action: string, fault: string, turns: readonly Turn[]): Promise<readonly string[]> {
  const list = turns.map(({ at, folder }) => `${at}=${folder}`);
  const child = spawn(process.execPath, [program, action, host.url, fault, ...list], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => (text += piece));
  return new Promise((done) =>
    child.once("close", (_, signal) => done(signal === null ? text.trim().split("\n") : [signal])),
  );
}

/** Without the network: the old text or the new one, every object whole, both notes or the first. */
async function requireOldOrNew(folder: string): Promise<string> {
  const cache = openCache(join(folder, "cache"));
  expect(cache.verify()).toEqual([]);
  const catalog = await catalogOf(cache, true);
  const answer = await catalog.get({ address: "a/b" });
  const text = answer.outcome === "found" ? answer.parts[0]?.content : answer.outcome;
  expect(["# Old\n", "# New\n"]).toContain(text);
  await catalog.close();
  const { annotations, problems } = openAnnotations({
    personal: join(folder, "annotations"),
  }).list();
  expect(problems).toEqual([]);
  const notes = annotations.map((note) => note.text);
  expect([["first"], ["first", "second"]]).toContainEqual(notes);
  return `${text} ${notes.join()}`;
}

/**
 * Every write of an action fails once in each way, each time on a fresh copy. A real kill needs a process of its own,
 * so it is tried at some writes; at all of them the file system dies instead, which leaves the same folder.
 */
async function enumerate(action: string, errors: readonly string[]): Promise<void> {
  const old = await oldFolder();
  const copy = (at: number): Turn => {
    const folder = mkdtempSync(join(work, "copy-"));
    cpSync(old, folder, { recursive: true });
    return { at, folder };
  };
  const whole = copy(0);
  const [counted = ""] = await start(action, "none", [whole]);
  const writes = Number(/^(\d+) ok$/.exec(counted)?.[1]);
  expect(writes).toBeGreaterThan(3);
  const done = action === "annotate" ? "# Old\n first,second" : "# New\n first";
  expect(await requireOldOrNew(whole.folder)).toBe(done);
  for (const at of new Set([1, Math.ceil(writes / 2), writes])) {
    const turn = copy(at);
    expect(await start(action, "kill", [turn])).toEqual(["SIGKILL"]);
    await requireOldOrNew(turn.folder);
  }
  const turns = (): Turn[] => Array.from({ length: writes }, (_, index) => copy(index + 1));
  for (const fault of ["death", "torn", ...errors]) {
    const tried = turns();
    const ends = await start(action, fault, tried);
    expect(ends.length).toBe(writes);
    for (const [index, { folder }] of tried.entries()) {
      expect(ends[index]).toMatch(/^\d+ (ok|LOCAL_IO)$/);
      const state = await requireOldOrNew(folder);
      // Who says that it is done has done it.
      if (ends[index]?.endsWith("ok")) expect(state).toBe(done);
      rmSync(folder, { recursive: true });
    }
  }
}

/** A cache whose file was changed: found, fetched again, and refused when it cannot be. */
async function heals(change: (path: string) => void, pick: RegExp): Promise<void> {
  const folder = await oldFolder();
  const cache = openCache(join(folder, "cache"));
  const online = await catalogOf(cache);
  await online.update({ force: true, full: true });
  await online.close();
  for (const [path, bytes] of treeOf(join(folder, "cache")))
    if (pick.test(`${path}\n${Buffer.from(bytes).toString("latin1")}`))
      change(join(folder, "cache", path));
  const offline = await catalogOf(openCache(join(folder, "cache")), true);
  const without = await offline
    .get({ address: "a/b" })
    .catch((error: { code: string }) => error.code);
  expect(["NO_DATA", "INTEGRITY"]).toContain(without);
  await offline.close();
  const again = await catalogOf(openCache(join(folder, "cache")));
  expect(await again.get({ address: "a/b" })).toMatchObject({
    outcome: "found",
    parts: [{ content: "# New\n" }],
  });
  await again.close();
}

const DOCUMENT = /^objects\/[^\n]*\n# New/;
const MANIFEST = /^objects\/[^\n]*\n\{"format":1/;
const STATE = /^sources\//;
const flip = (path: string): void => {
  const bytes = readFileSync(path);
  bytes[3] = (bytes[3] ?? 0) ^ 1;
  writeFileSync(path, bytes);
};
const becomes =
  (fixture: string) =>
  (path: string): void =>
    writeFileSync(path, readFileSync(join(FIXTURES, "state", fixture)));

securityTable(
  "crash",
  {
    "CRASH-002": () => enumerate("update", ["ENOSPC", "EIO", "EDQUOT"]),
    "CRASH-004": () => enumerate("annotate", ["ENOSPC", "EIO", "EDQUOT"]),
    "CRASH-006": () => heals(becomes("registry-torn.json"), MANIFEST),
    async "CRASH-007"() {
      // The generation before is not searched for: what is torn is absent, and without the host that is said.
      await heals(becomes("registry-torn.json"), MANIFEST);
    },
    "CRASH-008": () => heals((path) => writeFileSync(path, ""), DOCUMENT),
    "CRASH-009": () => heals(flip, DOCUMENT),
    "CRASH-010": () => heals(becomes("registry-zero.json"), MANIFEST),
    ...forEach(
      {
        "CRASH-011": "meta-torn.json",
        "CRASH-012": "meta-null.json",
        "CRASH-015": "meta-string.json",
      },
      (fixture) => heals(becomes(fixture), STATE),
    ),
    async "CRASH-014"() {
      const folder = await oldFolder();
      for (const path of treeOf(join(folder, "cache/sources")).keys()) {
        const file = join(folder, "cache/sources", path);
        const state = JSON.parse(readFileSync(file, "utf8"));
        writeFileSync(file, JSON.stringify({ ...state, checkedAtMs: 99_999_999_999_999 }));
      }
      const catalog = await catalogOf(openCache(join(folder, "cache")));
      expect(await catalog.get({ address: "a/b" })).toMatchObject({
        parts: [{ content: "# New\n" }],
      });
      await catalog.close();
    },
    async "CRASH-016"() {
      const folder = await oldFolder();
      const stale = join(folder, "cache/sources/.left.1.tmp");
      writeFileSync(stale, "half");
      utimesSync(stale, 1, 1);
      openCache(join(folder, "cache")).evict(Number.MAX_SAFE_INTEGER);
      expect(
        [...treeOf(join(folder, "cache/sources")).keys()].filter((name) => name.endsWith(".tmp")),
      ).toEqual([]);
    },
    async "CRASH-019"() {
      const folder = mkdtempSync(join(work, "many-"));
      const cache = openCache(folder);
      const digests = Array.from({ length: 1_000 }, (_, index) =>
        cache.write(Buffer.from(`document ${index} ${"x".repeat(index % 97)}`)),
      );
      let seed = 7;
      for (const path of treeOf(join(folder, "objects")).keys()) {
        const bytes = readFileSync(join(folder, "objects", path));
        seed = (seed * 48_271) % 2_147_483_647;
        const at = seed % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << (seed % 8));
        writeFileSync(join(folder, "objects", path), bytes);
      }
      expect([...cache.verify()].sort()).toEqual([...digests].sort());
      expect(cache.status().objects).toBe(0);
    },
  },
  {
    "CRASH-003":
      "packages/registry/test/cache-crash.test.ts kills at random; CRASH-002 at every write",
  },
);
