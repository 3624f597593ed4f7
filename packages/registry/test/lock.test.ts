import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import {
  checkLock,
  decodeLock,
  directorySource,
  encodeLock,
  frozenCatalog,
  lockText,
  openCatalog,
  readLock,
  scanProject,
  withText,
  writeLock,
  type Lock,
  type OpenedCatalog,
} from "../src/index.ts";
import { distanceOf } from "../src/lock/scan-project.ts";
import { fixtureArtifact, writeTree, type FixtureEntry } from "./fixture-artifact.ts";
import { codeOf } from "./source-contract.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const entries = (text: string): FixtureEntry[] => [
  {
    id: "stripe/api",
    texts: [
      {
        language: "javascript",
        version: "20.0.0",
        packages: ["pkg:npm/stripe@20.0.0"],
        files: { "DOC.md": "# Twenty\n" },
      },
      {
        language: "javascript",
        version: "19.1.0",
        recommended: false,
        packages: ["pkg:npm/stripe@19.1.0"],
        files: { "DOC.md": text, "references/x.md": "# X\n" },
      },
      {
        language: "python",
        version: "13.0.0",
        packages: ["pkg:pypi/stripe@13.0.0"],
        files: { "DOC.md": "# Py\n" },
      },
    ],
  },
  {
    id: "redis/kv",
    texts: [
      {
        language: "javascript",
        version: "5.0.0",
        packages: ["pkg:npm/redis"],
        files: { "DOC.md": "# Redis\n" },
      },
    ],
  },
];

async function open(files: ReadonlyMap<string, Uint8Array | string>): Promise<OpenedCatalog> {
  const directory = writeTree(files);
  const catalog = await openCatalog({
    sources: [
      { source: directorySource({ name: "main", kind: "path", directory }), tier: "official" },
    ],
  });
  closers.push(async () => {
    await catalog.close();
    rmSync(directory, { recursive: true });
  });
  return catalog;
}

async function lockOf(
  catalog: OpenedCatalog,
  ...requests: { address: string; language?: string }[]
): Promise<Lock> {
  let lock: Lock = { texts: [] };
  for (const request of requests) {
    const found = await catalog.resolve(request);
    if (found.outcome !== "found") throw new Error(found.outcome);
    lock = withText(lock, await lockText(catalog, found));
  }
  return lock;
}

it("writes one line a text, sorted, and reads it back", async () => {
  const catalog = await open(fixtureArtifact(entries("# Nineteen\n")));
  const lock = await lockOf(
    catalog,
    { address: "stripe/api@19", language: "js" },
    { address: "redis/kv" },
    { address: "redis/kv" },
  );
  const folder = writeTree(new Map([["keep", ""]]));
  closers.push(async () => rmSync(folder, { recursive: true }));
  expect(readLock(folder)).toBe(null);
  writeLock(folder, lock);
  expect(readLock(folder)).toEqual(lock);
  const digest = "[0-9a-f]{64}";
  expect(readFileSync(join(folder, "chub.lock"), "utf8")).toMatch(
    new RegExp(
      `^\\{\n  "format": 1,\n  "texts": \\[\n    \\{"id":"redis/kv","source":"main","language":"javascript","version":"5.0.0","digest":"${digest}"\\},\n    \\{"id":"stripe/api","source":"main","language":"javascript","version":"19.1.0","digest":"${digest}"\\}\n  \\]\n\\}\n$`,
    ),
  );
  expect(decodeLock(encodeLock({ texts: [] }), "x")).toEqual({ texts: [] });
  for (const [text, code] of [
    ["{", "CONFIG"],
    ["{}", "CONFIG"],
    ['{"format":1,"texts":[{}]}', "CONFIG"],
    [
      '{"format":1,"texts":[{"id":"../x","source":"m","language":null,"version":null,"digest":""}]}',
      "CONFIG",
    ],
    ['{"format":2}', "FORMAT_TOO_NEW"],
  ] as const) {
    writeFileSync(join(folder, "chub.lock"), text);
    expect([text, await codeOf(Promise.resolve().then(() => readLock(folder)))]).toEqual([
      text,
      code,
    ]);
  }
});

it("finds what changed and what is gone", async () => {
  const lock = await lockOf(
    await open(fixtureArtifact(entries("# Nineteen\n"))),
    { address: "stripe/api@19", language: "js" },
    { address: "stripe/api", language: "py" },
    { address: "redis/kv" },
  );
  const now = await open(fixtureArtifact(entries("# Changed\n").slice(0, 1)));
  expect(
    (await checkLock(now, lock)).map(({ text, outcome }) => [text.id, text.language, outcome]),
  ).toEqual([
    ["redis/kv", "javascript", "missing"],
    ["stripe/api", "javascript", "changed"],
    ["stripe/api", "python", "same"],
  ]);
});

it("frozen: reads the locked version, refuses what is not locked or has other bytes", async () => {
  const catalog = await open(fixtureArtifact(entries("# Nineteen\n")));
  const lock = await lockOf(catalog, { address: "stripe/api@19", language: "js" });
  const frozen = frozenCatalog(catalog, lock);
  expect(await frozen.get({ address: "stripe/api#nineteen", language: "js" })).toMatchObject({
    variant: { version: "19.1.0" },
    parts: [{ section: "nineteen", content: "# Nineteen\n" }],
  });
  expect(await frozen.outline({ address: "stripe", language: "js" })).toMatchObject({
    outcome: "found",
    variant: { version: "19.1.0" },
  });
  expect(await codeOf(frozen.get({ address: "stripe/api@20", language: "js" }))).toBe("POLICY");
  expect(await codeOf(frozen.get({ address: "stripe/api", language: "py" }))).toBe("POLICY");
  expect(await codeOf(frozen.get({ address: "redis/kv" }))).toBe("POLICY");
  expect(await frozen.get({ address: "no/such" })).toMatchObject({ outcome: "unknown-id" });
  const changed = frozenCatalog(await open(fixtureArtifact(entries("# Changed\n"))), lock);
  expect(await codeOf(changed.get({ address: "stripe/api", language: "js" }))).toBe("INTEGRITY");
});

it("locks texts of Context Hub's layout by their bytes", async () => {
  const registry = {
    docs: [
      {
        id: "a/b",
        name: "b",
        description: "",
        source: "community",
        tags: [],
        languages: [
          { language: "python", versions: [{ version: "1", path: "a/b", files: ["DOC.md"] }] },
        ],
      },
    ],
  };
  const files = (text: string): Map<string, string> =>
    new Map([
      ["registry.json", JSON.stringify(registry)],
      ["a/b/DOC.md", text],
    ]);
  const lock = await lockOf(await open(files("# One\n")), { address: "a/b" });
  expect(
    (await checkLock(await open(files("# One\n")), lock)).map(({ outcome }) => outcome),
  ).toEqual(["same"]);
  expect(
    (await checkLock(await open(files("# Two\n")), lock)).map(({ outcome }) => outcome),
  ).toEqual(["changed"]);
});

it("scans a project: what has documents, how far they are, what has none", async () => {
  const catalog = await open(fixtureArtifact(entries("# Nineteen\n")));
  const versions = new Map([
    ["pkg:npm/stripe", "19.3.0"],
    ["pkg:npm/redis", "5.0.0"],
    ["pkg:npm/left-pad", "1.0.0"],
  ]);
  expect(await scanProject(catalog, { versions })).toEqual({
    documented: [
      {
        key: "pkg:npm/redis",
        installed: "5.0.0",
        texts: [
          { address: "redis/kv", language: "javascript", version: "5.0.0", distance: "none" },
        ],
      },
      {
        key: "pkg:npm/stripe",
        installed: "19.3.0",
        texts: [
          { address: "stripe/api", language: "javascript", version: "19.1.0", distance: "minor" },
          { address: "stripe/api", language: "javascript", version: "20.0.0", distance: "major" },
        ],
      },
    ],
    undocumented: ["pkg:npm/left-pad"],
  });
  expect([
    distanceOf("1.2.3", "1.2.4"),
    distanceOf("1.2", "1.2.0"),
    distanceOf(null, "1"),
    distanceOf("x", "1"),
  ]).toEqual(["patch", "none", "unknown", "unknown"]);
});
