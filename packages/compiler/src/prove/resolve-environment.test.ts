import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import {
  type NpmServer,
  startNpmServer,
  tarballOf,
  type TestPackage,
} from "../../test/npm-server.ts";
import { lockOf } from "../6-verify/types/environment.ts";
import { openNpmRegistry } from "./npm-registry.ts";
import { openPackageStore } from "./package-store.ts";
import { resolveEnvironment } from "./resolve-environment.ts";

let server: NpmServer;
let folder: string;
beforeEach(async () => {
  server = await startNpmServer(PACKAGES);
  folder = mkdtempSync(join(tmpdir(), "chub-store-"));
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.close();
});

function resolve(name: string, version: string, locked: readonly string[] = []) {
  const registry = openNpmRegistry({ registry: server.url });
  const store = openPackageStore(folder, registry);
  return resolveEnvironment([{ name, version }], { store, registry, locked: new Set(locked) });
}

const ids = ({ packages }: Awaited<ReturnType<typeof resolve>>): readonly string[] =>
  Object.keys(packages);

it("takes the dependencies that declarations speak of, and of each the version npm would take", async () => {
  const environment = await resolve("app", "1.0.0");
  expect(environment.roots).toEqual([{ name: "app", version: "1.0.0", types: "app@1.0.0" }]);
  expect(ids(environment)).toEqual([
    "@types/untyped@2.1.0",
    "app@1.0.0",
    "base@1.2.0",
    "peer@3.0.0",
  ]);
  expect(environment.packages["app@1.0.0"]?.dependencies).toEqual({
    "@types/untyped": "@types/untyped@2.1.0",
    alias: "base@1.2.0",
    peer: "peer@3.0.0",
  });
  expect(lockOf(environment)[1]).toMatch(/^app@1\.0\.0 sha512-[\w+/]+==$/);
});

it("does not ask again, and not at all when everything is there", async () => {
  const first = await resolve("app", "1.0.0");
  await server.close();
  expect(await resolve("app", "1.0.0")).toEqual(first);
});

it("takes what a lock names before what is newer", async () => {
  expect(ids(await resolve("app", "1.0.0", ["base@1.1.0"]))).toContain("base@1.1.0");
});

it("finds the types of a package that has none", async () => {
  const environment = await resolve("untyped", "2.1.4");
  expect(environment.roots).toEqual([
    { name: "untyped", version: "2.1.4", types: "@types/untyped@2.1.0" },
  ]);
});

it("says which packages cannot be checked against, and asks again for what was not published", async () => {
  expect((await resolve("bare", "1.0.0")).missing).toEqual([
    { name: "bare", reason: "bare@1.0.0 has no types" },
  ]);
  expect((await resolve("app", "9.0.0")).missing).toEqual([
    { name: "app", reason: "app@9.0.0 is not on the registry" },
  ]);
  server.publish({ name: "app", version: "9.0.0", files: { "index.d.ts": "export {};" } });
  expect((await resolve("app", "9.0.0")).missing).toEqual([]);
});

it("keeps declarations and nothing that could run", async () => {
  await resolve("app", "1.0.0");
  const place = join(folder, "packages/app/1.0.0");
  const [name] = readdirSync(place);
  const stored = JSON.parse(readFileSync(join(place, name!), "utf8").split("\n")[1]!) as {
    files: object;
    code: readonly string[];
  };
  expect([Object.keys(stored.files).sort(), stored.code]).toEqual([
    ["index.d.ts", "package.json"],
    ["index.js", "package.json"],
  ]);
});

it("fetches a damaged package again", async () => {
  await resolve("app", "1.0.0");
  const place = join(folder, "packages/base/1.2.0");
  const file = join(place, readdirSync(place)[0]!);
  const whole = readFileSync(file, "utf8");
  writeFileSync(file, whole.slice(0, -5));
  rmSync(join(folder, "environments"), { recursive: true });
  await resolve("app", "1.0.0");
  expect(readFileSync(file, "utf8")).toBe(whole);
});

it("refuses other bytes than were published, and says when the registry cannot be reached", async () => {
  server.tampered.set("app@1.0.0", tarballOf({ "package.json": "{}" }));
  await expect(resolve("app", "1.0.0")).rejects.toMatchObject({ code: "INTEGRITY" });
  await server.close();
  await expect(resolve("app", "1.0.0")).rejects.toMatchObject({ code: "NO_DATA" });
});

const PACKAGES: readonly TestPackage[] = [
  {
    name: "app",
    version: "1.0.0",
    manifest: {
      types: "index.d.ts",
      dependencies: { alias: "npm:base@^1.0.0", unused: "^1.0.0", "@types/untyped": "*" },
      peerDependencies: { peer: ">=2" },
      optionalDependencies: { folder: "file:../folder" },
    },
    files: {
      "index.js": "throw new Error('a package is never run');",
      "index.d.ts":
        'import { Base } from "alias/sub";\nimport type { P } from "peer";\nimport "folder";\n/// <reference types="untyped" />\nexport type X = Base | P | import("untyped").U;',
    },
  },
  ...["1.0.0", "1.1.0", "1.2.0"].map((version) => ({
    name: "base",
    version,
    files: { "index.d.ts": "export interface Base {}" },
  })),
  { name: "peer", version: "3.0.0", files: { "index.d.ts": "export type P = 1;" } },
  { name: "untyped", version: "2.1.4", files: { "index.js": "" } },
  { name: "@types/untyped", version: "2.1.0", files: { "index.d.ts": "export type U = 1;" } },
  { name: "bare", version: "1.0.0", files: { "index.js": "" } },
];
