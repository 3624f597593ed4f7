import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { decodeContextHubRegistry } from "../src/catalog/context-hub-registry.ts";
import { directorySource, openCache, openCatalog, type OpenedCatalog } from "../src/index.ts";
import { writeTree } from "./fixture-artifact.ts";
import { codeOf } from "./source-contract.ts";

const version = (path: string, files: readonly string[] = ["DOC.md"], name = "1.0.0"): unknown => ({
  version: name,
  path,
  files,
  size: 1,
  lastUpdated: "2026-01-02",
});
const doc = (id: string, versions: readonly unknown[], more: object = {}): unknown => ({
  id,
  name: id.split("/")[1],
  description: "d",
  source: "maintainer",
  tags: ["t"],
  languages: [{ language: "python", versions, recommendedVersion: "1.0.0" }],
  ...more,
});

async function open(
  registry: unknown,
  files: readonly (readonly [string, string])[] = [],
): Promise<{ catalog: OpenedCatalog; close: () => Promise<void> }> {
  const text = typeof registry === "string" ? registry : JSON.stringify(registry);
  const root = writeTree(
    new Map([
      ["tree/registry.json", text],
      ["outside.md", "SECRET"],
      ...files.map(([path, content]) => [`tree/${path}`, content] as const),
    ]),
  );
  const source = directorySource({ name: "hub", kind: "path", directory: join(root, "tree") });
  const catalog = await openCatalog({ sources: [{ source, tier: "maintainer" }] });
  return {
    catalog,
    close: async () => {
      await catalog.close();
      rmSync(root, { recursive: true });
    },
  };
}

it("reads docs, skills and companions; dotfiles are dropped", async () => {
  const registry = {
    version: "1.0.0",
    docs: [
      doc("a/lib", [
        version("a/docs/lib", [".env-sample", ".git/config", "DOC.md", "references/x.md"]),
        version("a/docs/lib/beta", ["DOC.md"], "2.0.0-beta.1"),
      ]),
    ],
    skills: [
      {
        id: "a/skill",
        name: "skill",
        description: "s",
        source: "community",
        tags: [],
        path: "a/skills/skill",
        files: ["SKILL.md"],
        size: 1,
      },
    ],
  };
  const { catalog, close } = await open(registry, [
    ["a/docs/lib/DOC.md", "# Lib\n"],
    ["a/docs/lib/references/x.md", "# X\n"],
    ["a/skills/skill/SKILL.md", "# S\n"],
  ]);
  expect(catalog.sources()).toEqual([
    {
      name: "hub",
      kind: "path",
      location: expect.stringContaining("tree"),
      layout: "context-hub",
      entries: 2,
    },
  ]);
  expect(await catalog.get({ address: "a/lib", full: true })).toMatchObject({
    outcome: "found",
    entry: { record: { tier: "maintainer" } },
    variant: { version: "1.0.0", lastUpdated: "2026-01-02" },
    parts: [
      { file: "DOC.md", content: "# Lib\n" },
      { file: "references/x.md", content: "# X\n" },
    ],
    additionalFiles: [],
  });
  expect(await catalog.get({ address: "a/skill" })).toMatchObject({
    parts: [{ file: "SKILL.md", content: "# S\n" }],
  });
  expect(await codeOf(catalog.get({ address: "a/lib", sections: ["lib"] }))).toBe("REQUEST_FAILED");
  expect(await catalog.get({ address: "a/lib", maxTokens: 3 })).toMatchObject({
    parts: [],
    omitted: [{ address: "a/lib", file: "DOC.md", tokens: 6 }],
  });
  expect((await catalog.search({ query: "skill" })).hits.map(({ address }) => address)).toEqual([
    "a/skill",
  ]);
  await close();
});

it("makes its tables once for a registry.json, and anew for another or when they are damaged", async () => {
  const root = writeTree(
    new Map([
      [
        "tree/registry.json",
        JSON.stringify({
          docs: [doc("a/lib", [version("a/docs/lib")]), doc("e/x", [version("../x")])],
        }),
      ],
    ]),
  );
  const cache = openCache(join(root, "cache"));
  const ask = async (): Promise<unknown> => {
    const source = directorySource({ name: "hub", kind: "path", directory: join(root, "tree") });
    const catalog = await openCatalog({ sources: [{ source, tier: "maintainer" }], cache });
    const found = (await catalog.search({ query: "lib" })).hits.map(({ address }) => address);
    const refused = await codeOf(catalog.get({ address: "e/x" }));
    await catalog.close();
    return { found, refused, objects: cache.status().objects };
  };
  expect(await ask()).toEqual({ found: ["a/lib"], refused: "INTEGRITY", objects: 2 });
  expect(await ask()).toEqual({ found: ["a/lib"], refused: "INTEGRITY", objects: 2 });
  const objects = join(root, "cache/objects");
  for (const shard of readdirSync(objects))
    for (const name of readdirSync(join(objects, shard)))
      writeFileSync(join(objects, shard, name), "damaged");
  expect(await ask()).toEqual({ found: ["a/lib"], refused: "INTEGRITY", objects: 2 });
  writeFileSync(
    join(root, "tree/registry.json"),
    JSON.stringify({ docs: [doc("b/lib", [version("b/docs/lib")])] }),
  );
  expect(await ask()).toMatchObject({ found: ["b/lib"] });
  rmSync(root, { recursive: true });
});

it("reads the older form with entries", () => {
  const provides = (kind: string): unknown => ({
    id: `a/${kind}`,
    name: kind,
    languages: [
      {
        language: "js",
        versions: [{ version: "1", path: `a/${kind}`, files: [], provides: [kind] }],
      },
    ],
  });
  const { entries, refused } = decodeContextHubRegistry({
    entries: [provides("doc"), provides("skill")],
  });
  expect(refused).toEqual(new Map());
  expect(
    entries.map(({ id, type, tier, variants }) => [
      id,
      type,
      tier,
      variants[0]?.language,
      variants[0]?.entryFile,
      variants[0]?.files,
    ]),
  ).toEqual([
    ["a/doc", "doc", "community", "javascript", "DOC.md", [{ path: "DOC.md" }]],
    ["a/skill", "skill", "community", "javascript", "SKILL.md", [{ path: "SKILL.md" }]],
  ]);
});

it("A3, A4: refuses an entry whose paths leave the source, when it is asked for, and keeps the others", async () => {
  const bad: Readonly<Record<string, unknown>> = {
    "evil/path": doc("evil/path", [version("../../../../pwned")]),
    "evil/dots": doc("evil/dots", [version("..", ["outside.md"])]),
    "evil/file": doc("evil/file", [version("evil/docs", ["../outside.md"])]),
    "evil/absolute": doc("evil/absolute", [version("/etc")]),
    "evil/backslash": doc("evil/backslash", [version("..\\..\\x")]),
    "evil/drive": doc("evil/drive", [version("C:\\x")]),
    "evil/nul": doc("evil/nul", [version("a\0b")]),
    "evil/device": doc("evil/device", [version("evil/con")]),
    "evil/query": doc("evil/query", [version("evil/a?b")]),
    "evil/many": doc("evil/many", [
      version(
        "evil/many",
        Array.from({ length: 65 }, (_, index) => `f${index}.md`),
      ),
    ]),
    "evil/shape": doc("evil/shape", [], { languages: "python" }),
  };
  const { catalog, close } = await open(
    { docs: [...Object.values(bad), doc("good/lib", [version("good/docs/lib")])], skills: [null] },
    [["good/docs/lib/DOC.md", "# Good\n"]],
  );
  for (const id of Object.keys(bad)) {
    expect([id, await codeOf(catalog.get({ address: id }))]).toEqual([id, "INTEGRITY"]);
    expect([id, await codeOf(catalog.get({ address: id, files: ["outside.md"] }))]).toEqual([
      id,
      "INTEGRITY",
    ]);
  }
  expect((await catalog.list({})).entries.map(({ address }) => address)).toEqual(["good/lib"]);
  expect(await catalog.get({ address: "good/lib" })).toMatchObject({ outcome: "found" });
  await close();
});

it("B10: two entries with one id are both refused, never one of them in silence", async () => {
  const registry = {
    docs: [doc("a/x", [version("a/docs/x")])],
    skills: [{ id: "a/x", name: "x", description: "", path: "a/skills/x", files: ["SKILL.md"] }],
  };
  const { catalog, close } = await open(registry);
  expect(await codeOf(catalog.get({ address: "a/x" }))).toBe("INTEGRITY");
  await close();
});

it("refuses ids outside ASCII, and takes an unknown trust tier for the lowest", () => {
  const { entries, refused } = decodeContextHubRegistry({
    docs: [
      doc("оpenai/chat", [version("o/c")], { source: "official" }),
      doc("a/b", [version("a/b")], { source: "super-official" }),
      doc("a/c", [version("a/c")], { source: undefined }),
    ],
  });
  expect([...refused.keys()]).toEqual(["оpenai/chat"]);
  expect(entries.map(({ tier }) => tier)).toEqual(["community", "community"]);
});

it("says what is wrong with a registry that is none", async () => {
  for (const [registry, code] of [
    ["null", "INTEGRITY"],
    ["<html>portal</html>", "INTEGRITY"],
    ["", "INTEGRITY"],
    ["[]", "INTEGRITY"],
    ["{}", "INTEGRITY"],
    ['{"docs": [{"id"', "INTEGRITY"],
    ['\ufeff{"docs": []}', "INTEGRITY"],
    ['{"docs": "x"}', "INTEGRITY"],
    ['{"version": "99", "docs": []}', "FORMAT_TOO_NEW"],
    ['{"format": 2, "docs": []}', "FORMAT_TOO_NEW"],
  ] as const) {
    const { catalog, close } = await open(registry);
    expect([registry, catalog.sources()[0]?.problem?.code]).toEqual([registry, code]);
    expect([registry, await codeOf(catalog.search({ query: "x" }))]).toEqual([registry, code]);
    await close();
  }
});
