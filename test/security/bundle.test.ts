import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import type { AddressInfo } from "node:net";
import { createGzip } from "node:zlib";
import { expect } from "vitest";
import { fixtureArtifact } from "../../packages/registry/test/fixture-artifact.ts";
import { tarball } from "../../packages/registry/test/npm-package-server.ts";
import { startNode } from "../../packages/cli/test/e2e/built-chub.ts";
import { forEach, securityTable } from "./security-table.ts";
import {
  atEnd,
  FIXTURES,
  newWorld,
  requireDecent,
  treeOf,
  useWorlds,
  type World,
} from "./world.ts";

useWorlds();

const bundle = (name: string): Uint8Array =>
  readFileSync(join(FIXTURES, "bundles", `${name}.tar.gz`));

/** The registry of the good bundle, and of a host that has enough files for a bundle to be asked for. */
const REGISTRY = registryOfGood();

function registryOfGood(): string {
  const tar = spawnSync("tar", ["-xzOf", "-", "registry.json"], { input: bundle("good") });
  return tar.stdout.toString();
}

/** The host of the fixtures: the good bundle's registry, with more files, which the bundle need not have. */
function hostFiles(): Map<string, Uint8Array> {
  return new Map<string, Uint8Array>([
    ["registry.json", Buffer.from(REGISTRY)],
    ["e/s/SKILL.md", Buffer.from("# Old\n")],
  ]);
}

/** `update --full` over a plain host in Context Hub's layout whose bundle is hostile: 5, the member named, nothing changed. */
async function refusesBundle({
  archive,
  says,
}: {
  readonly archive: Uint8Array;
  readonly says: RegExp;
}): Promise<void> {
  const world = newWorld();
  const files = hostFiles();
  const many = withManyFiles(files);
  const host = await world.host(many);
  expect((await world.chub("get", "e/s")).stdout).toBe("# Old\n");
  host.files.set("bundle.tar.gz", archive);
  const before = world.files();
  const cached = [...treeOf(join(world.chubDirectory, "cache/objects")).keys()].sort();
  const update = await world.chub("update", "--full");
  expect({ status: update.status, says: says.test(update.stderr) ? "" : update.stderr }).toEqual({
    status: 5,
    says: "",
  });
  expect(world.files()).toEqual(before);
  expect([...treeOf(join(world.chubDirectory, "cache/objects")).keys()].sort()).toEqual(cached);
  const after = await world.chub("get", "e/s");
  expect({ status: after.status, stdout: after.stdout }).toEqual({ status: 0, stdout: "# Old\n" });
}

/** Forty more skills, so that a full update asks for the bundle before it asks for single files. */
function withManyFiles(files: Map<string, Uint8Array>): Map<string, Uint8Array> {
  const registry = JSON.parse(REGISTRY) as { skills: Record<string, unknown>[] };
  const [first = {}] = registry.skills;
  const more = Array.from({ length: 40 }, (_, index) => ({
    ...first,
    id: `m/n${index}`,
    name: `n${index}`,
    path: `m/n${index}`,
    files: ["SKILL.md"],
  }));
  const text = JSON.stringify({ ...registry, skills: [...registry.skills, ...more] });
  const all = new Map(files).set("registry.json", Buffer.from(text));
  for (let index = 0; index < 40; index += 1)
    all.set(`m/n${index}/SKILL.md`, Buffer.from(`# N${index}\n`));
  return all;
}

const fixture = (name: string, says: RegExp) => ({ archive: bundle(name), says });

/** Peak memory of a full update against a host that streams a bomb as its bundle. */
async function staysSmall(world: World, bomb: Uint8Array, says: RegExp): Promise<void> {
  const files = withManyFiles(hostFiles()).set("bundle.tar.gz", bomb);
  const server = createServer((request, response) => {
    const bytes = files.get((request.url ?? "").slice(1));
    if (bytes === undefined) response.writeHead(404).end();
    else response.end(bytes);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  atEnd(() => server.close());
  const { port } = server.address() as AddressInfo;
  world.configure(`sources:\n  - name: hub\n    url: http://127.0.0.1:${port}\n`);
  const watch = `data:text/javascript,${encodeURIComponent('process.on("exit",()=>process.stderr.write("\\nPEAK "+process.resourceUsage().maxRSS))')}`;
  const run = await startNode(world.bin, ["update", "--full"], {
    cwd: join(world.root, "work"),
    env: { ...world.environment, NODE_OPTIONS: `--import=${watch}` },
  });
  requireDecent(run);
  expect(run.status).toBe(5);
  expect(run.stderr).toMatch(says);
  expect(Number(/PEAK (\d+)/.exec(run.stderr)?.[1]) / 1024).toBeLessThan(200);
  expect(Object.keys(world.files()).filter((path) => !path.endsWith("config.yaml"))).toEqual([]);
}

/** So many megabytes of zeros as a tar with members of a megabyte, gzipped as it is made. */
async function zeros(megabytes: number, memberMegabytes: number): Promise<Uint8Array> {
  const gzip = createGzip({ level: 9 });
  const pieces: Buffer[] = [];
  gzip.on("data", (piece: Buffer) => pieces.push(piece));
  const ended = new Promise((done) => gzip.on("end", done));
  const piece = Buffer.alloc(1 << 20);
  for (let member = 0; member * memberMegabytes < megabytes; member += 1) {
    gzip.write(tarHeader(`m/n${member}/SKILL.md`, memberMegabytes << 20));
    for (let at = 0; at < memberMegabytes; at += 1)
      if (!gzip.write(piece)) await new Promise((done) => gzip.once("drain", done));
  }
  gzip.end(Buffer.alloc(1024));
  await ended;
  return new Uint8Array(Buffer.concat(pieces));
}

function tarHeader(path: string, size: number): Buffer {
  const header = Buffer.alloc(512);
  header.write(path, 0);
  header.write("0000644\0", 100);
  header.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  header.write("        ", 148);
  header.write("0ustar\u000000", 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

securityTable("bundle", {
  ...forEach(
    {
      "BUNDLE-001": fixture("parent", /the path .*\.\..* is not allowed/),
      "BUNDLE-002": fixture("absolute", /the path .* is not allowed/),
      "BUNDLE-003": fixture("symlink-then-write", /is not a plain file/),
      "BUNDLE-004": fixture("symlink-absolute", /is not a plain file/),
      "BUNDLE-005": fixture("symlink-relative", /is not a plain file/),
      "BUNDLE-007": fixture("symlink-registry", /is not a plain file/),
      "BUNDLE-008": fixture("hardlink", /is not a plain file/),
      "BUNDLE-009": fixture("hardlink-drive-relative", /is not a plain file/),
      "BUNDLE-010": fixture("fifo-device", /is not a plain file/),
      "BUNDLE-011": fixture("setuid", /run as somebody else/),
      "BUNDLE-012": fixture("pax-path", /the path .* is not allowed/),
      "BUNDLE-013": fixture("duplicate-member", /is there twice/),
      "BUNDLE-014": fixture("case-collision", /is there twice/),
      "BUNDLE-016": {
        archive: tarball([
          { path: "m/n0/SKILL.md", bytes: Buffer.from("# N0\n") },
          { path: "ghost/x/DOC.md", bytes: Buffer.from("x") },
        ]),
        says: /"ghost\/x\/DOC\.md" is not one that the artifact lists/,
      },
      "BUNDLE-017": fixture("registry-differs", /"registry\.json" has other bytes/),
      "BUNDLE-020": fixture("nul-pax", /the path .* is not allowed/),
      "BUNDLE-021": fixture("two-gzip-members", /behind its end|is there twice/),
      "BUNDLE-022": fixture("truncated", /not a whole gzip file|is cut/),
      "BUNDLE-024": fixture("not-gzip", /not a whole gzip file/),
      "BUNDLE-025": fixture("trailing-garbage", /behind its end|not a whole gzip file/),
      "BUNDLE-026": fixture("empty", /is cut|not a whole gzip file/),
    },
    refusesBundle,
  ),
  async "BUNDLE-027"() {
    await staysSmall(newWorld(), await zeros(1_536, 32), /larger than \d+ bytes|more than/);
  },
  async "BUNDLE-028"() {
    await staysSmall(newWorld(), await zeros(1_024, 1_024), /is larger than \d+ bytes/);
  },
  async "BUNDLE-030"() {
    await staysSmall(newWorld(), bundle("bomb-64MiB"), /is not|larger|not allowed/);
  },
  async "BUNDLE-032"() {
    // Every write of a full update, see the crash area: what a bundle brings are objects by digest, no tree.
    const world = newWorld();
    const files = fixtureArtifact([{ id: "a/b", texts: [{ files: { "DOC.md": "# A\n" } }] }]);
    const host = await world.host(files);
    expect((await world.chub("update", "--full")).status).toBe(0);
    expect(host.log.filter((line) => line.includes("bundle"))).toEqual([]);
    const names = [...treeOf(join(world.chubDirectory, "cache")).keys()];
    expect(
      names.filter(
        (name) => !/^(objects\/[0-9a-f]{2}\/[0-9a-f]{64}|sources\/[0-9a-f]{32}\.json)$/.test(name),
      ),
    ).toEqual([]);
  },
  async "BUNDLE-034"() {
    const generation = (text: string): Map<string, Uint8Array> =>
      fixtureArtifact(
        Array.from({ length: 20 }, (_, index) => ({
          id: `a/n${index}`,
          texts: [{ files: { "DOC.md": `# ${text} ${index}\n` } }],
        })),
      );
    const bundleOf = (files: ReadonlyMap<string, Uint8Array>): Uint8Array =>
      tarball([...files].map(([path, bytes]) => ({ path, bytes })));
    const world = newWorld();
    const host = await world.host(
      generation("New").set("bundle.tar.gz", bundleOf(generation("Old"))),
    );
    const mixed = await world.chub("update", "--full");
    expect({
      status: mixed.status,
      named: /has other bytes than the artifact's/.test(mixed.stderr),
    }).toEqual({ status: 5, named: true });
    host.files.set("bundle.tar.gz", bundleOf(generation("New")));
    host.log.length = 0;
    expect((await world.chub("update", "--full")).status).toBe(0);
    expect(host.log).toEqual(["GET /manifest.json 304", "GET /bundle.tar.gz 200"]);
    await host.close();
    expect((await world.chubWith({ CHUB_OFFLINE: "1" }, "get", "a/n7")).stdout).toBe("# New 7\n");
  },
});
