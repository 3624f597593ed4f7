import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import {
  loadConfiguration,
  NpmSource,
  openCache,
  openCatalog,
  type NpmSourceOptions,
  type OpenedCatalog,
} from "../src/index.ts";
import { parseNpmrc } from "../src/sources/npmrc.ts";
import { fixtureArtifact, withManifest, writeTree } from "./fixture-artifact.ts";
import type { Host } from "./http-host.ts";
import { startRegistry, tarball, type TarMember } from "./npm-package-server.ts";
import { codeOf, sourceContract } from "./source-contract.ts";

const NAME = "@acme/docs";
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Setup {
  readonly registry: Host & {
    readonly publish: (version: string, archive: Uint8Array, tag?: string) => void;
  };
  readonly cacheFolder: string;
  readonly source: (more?: Partial<NpmSourceOptions>) => NpmSource;
  readonly catalog: (more?: Partial<NpmSourceOptions>) => Promise<OpenedCatalog>;
}

async function setUp(): Promise<Setup> {
  const registry = await startRegistry(NAME);
  const cacheFolder = mkdtempSync(join(tmpdir(), "chub-cache-"));
  closers.push(registry.close, async () => rmSync(cacheFolder, { recursive: true }));
  const source = (more: Partial<NpmSourceOptions> = {}): NpmSource =>
    new NpmSource({
      name: "team",
      packageName: NAME,
      range: "",
      npm: { registry: `${registry.url}/` },
      cache: openCache(cacheFolder),
      now: () => 1_800_000_000_000,
      refreshIntervalSeconds: 21_600,
      offline: false,
      ...more,
    });
  return {
    registry,
    cacheFolder,
    source,
    async catalog(more) {
      const catalog = await openCatalog({ sources: [{ source: source(more), tier: "official" }] });
      closers.push(() => catalog.close());
      return catalog;
    },
  };
}

function members(
  files: ReadonlyMap<string, Uint8Array>,
  folder = "package/dist/artifact",
): TarMember[] {
  return [
    { path: "package/package.json", bytes: Buffer.from("{}") },
    ...[...files].map(([path, bytes]) => ({ path: `${folder}/${path}`, bytes })),
  ];
}

const artifact = (text: string): Map<string, Uint8Array> =>
  fixtureArtifact([
    { id: "a/b", texts: [{ language: "python", version: "1.0.0", files: { "DOC.md": text } }] },
  ]).set("registry.json", Buffer.from("{}"));

const contentOf = async (catalog: OpenedCatalog): Promise<unknown> => {
  const answer = await catalog.get({ address: "a/b" });
  return answer.outcome === "found" ? answer.parts[0]?.content : answer;
};

sourceContract("npm", async (files) => {
  const { registry, source } = await setUp();
  registry.publish("1.0.0", tarball(members(withManifest(files))));
  return { source: source(), close: registry.close };
});

it("reads the artifact of a package, fetches it once, and answers offline", async () => {
  const { registry, catalog } = await setUp();
  registry.publish("1.0.0", tarball(members(artifact("# One\n"))));
  expect(await contentOf(await catalog())).toBe("# One\n");
  expect(registry.log).toEqual(["GET /@acme%2fdocs 200", "GET /@acme/docs/-/1.0.0.tgz 200"]);
  expect(await contentOf(await catalog())).toBe("# One\n");
  await registry.close();
  expect(await contentOf(await catalog({ offline: true }))).toBe("# One\n");
  expect(registry.log.length).toBe(2);
});

it("takes tags and ranges, and moves ahead with an update", async () => {
  const { registry, catalog } = await setUp();
  registry.publish("1.0.0", tarball(members(artifact("# One\n"))));
  registry.publish("1.2.0", tarball(members(artifact("# One two\n"))));
  registry.publish("3.0.0-rc.1", tarball(members(artifact("# Next\n"))), "next");
  expect(await contentOf(await catalog({ range: "1.0.0" }))).toBe("# One\n");
  expect(await contentOf(await catalog({ range: "^1" }))).toBe("# One two\n");
  expect(await contentOf(await catalog({ range: "next" }))).toBe("# Next\n");
  expect(await codeOf((await catalog({ range: "^9" })).list({}))).toBe("NO_DATA");
  const latest = await catalog();
  expect(await contentOf(latest)).toBe("# One two\n");
  registry.publish("2.0.0", tarball(members(artifact("# Two\n"))));
  expect(await contentOf(latest)).toBe("# One two\n");
  expect(await latest.update({ force: true, full: true })).toEqual([
    { name: "team", outcome: "updated", fetched: 0 },
  ]);
  expect(await contentOf(latest)).toBe("# Two\n");
});

it("reads a directory of Context Hub's layout in a package", async () => {
  const { registry, catalog } = await setUp();
  const json = {
    docs: [
      {
        id: "a/b",
        name: "b",
        description: "",
        source: "maintainer",
        tags: [],
        languages: [
          { language: "py", versions: [{ version: "1", path: "a/b", files: ["DOC.md"] }] },
        ],
      },
    ],
  };
  registry.publish(
    "1.0.0",
    tarball(
      members(
        new Map([
          ["registry.json", Buffer.from(JSON.stringify(json))],
          ["a/b/DOC.md", Buffer.from("# Hub\n")],
        ]),
        "package/dist",
      ),
    ),
  );
  expect(await contentOf(await catalog())).toBe("# Hub\n");
});

it("heals a cache that lost or changed files, from the same version", async () => {
  const { registry, catalog, cacheFolder } = await setUp();
  registry.publish("1.0.0", tarball(members(artifact("# One\n"))));
  await contentOf(await catalog());
  const objects = join(cacheFolder, "objects");
  for (const shard of readdirSync(objects))
    for (const name of readdirSync(join(objects, shard)))
      writeFileSync(join(objects, shard, name), "damaged");
  expect(await contentOf(await catalog())).toBe("# One\n");
  await registry.close();
  rmSync(objects, { recursive: true });
  expect(await codeOf((await catalog()).get({ address: "a/b" }))).toBe("NO_DATA");
});

describe("refuses", () => {
  it("a tarball whose bytes are not those that were published", async () => {
    const { registry, catalog, cacheFolder } = await setUp();
    registry.publish("1.0.0", tarball(members(artifact("# One\n"))));
    registry.files.set(`${NAME}/-/1.0.0.tgz`, tarball(members(artifact("# Evil\n"))));
    expect(await codeOf((await catalog()).get({ address: "a/b" }))).toBe("INTEGRITY");
    expect(openCache(cacheFolder).status().objects).toBe(0);
  });

  it("a package whose manifest does not fit its files, and one without artifact", async () => {
    const { registry, catalog } = await setUp();
    registry.publish(
      "1.0.0",
      tarball(members(artifact("# One\n").set("a/b/1.0.0/python/DOC.md", Buffer.from("# Two\n")))),
    );
    expect(await codeOf((await catalog()).get({ address: "a/b" }))).toBe("INTEGRITY");
    registry.publish("1.0.1", tarball(members(new Map([["index.js", Buffer.from("")]]))));
    expect(await codeOf((await catalog()).get({ address: "a/b" }))).toBe("INTEGRITY");
  });

  it("a registry that does not have the package, or is not there", async () => {
    const { registry, catalog } = await setUp();
    expect(await codeOf((await catalog()).list({}))).toBe("NO_DATA");
    await registry.close();
    expect(await codeOf((await catalog()).list({}))).toBe("NO_DATA");
  });
});

it("uses the user's .npmrc, its scopes and tokens, and never that of a project", async () => {
  const seen: (string | undefined)[] = [];
  const { registry } = await setUp();
  registry.publish("1.0.0", tarball(members(artifact("# One\n"))));
  registry.behave = (request) => {
    seen.push(request.headers.authorization);
    return false;
  };
  const host = registry.url.replace("http:", "");
  const root = writeTree(
    new Map([
      ["home/.npmrc", `@acme:registry=${registry.url}/\n${host}/:_authToken=\${ACME_TOKEN}\n`],
      ["home/.chub/config.yaml", "sources:\n  - name: team\n    npm: '@acme/docs'\n"],
      ["project/.npmrc", "@acme:registry=http://127.0.0.1:1/\n"],
    ]),
  );
  closers.push(async () => rmSync(root, { recursive: true }));
  const environment = {
    variables: { ACME_TOKEN: "secret" },
    homeDirectory: join(root, "home"),
    workingDirectory: join(root, "project"),
    contentDirectory: () => null,
  };
  const catalog = await openCatalog({
    configuration: await loadConfiguration(environment),
    environment,
  });
  closers.push(() => catalog.close());
  expect(await contentOf(catalog)).toBe("# One\n");
  expect(seen).toEqual(["Bearer secret", "Bearer secret"]);
});

it("reads .npmrc as npm does", () => {
  const text =
    '; comment\n# comment\nregistry = "https://r.example/"\nstrict-ssl=false\nhttps-proxy=http://p:1\n//r.example/:_authToken=${T}${MISSING}\n\nempty=\n';
  expect(parseNpmrc(text, { T: "x" })).toEqual({
    registry: "https://r.example/",
    strictSSL: false,
    httpsProxy: "http://p:1",
    "//r.example/:_authToken": "x${MISSING}",
    empty: "",
  });
});
