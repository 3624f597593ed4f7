import { readFileSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { expect } from "vitest";
import { forEach, securityTable } from "./security-table.ts";
import { FIXTURES, newWorld, useWorlds } from "./world.ts";

useWorlds();

const fixture = (name: string): Uint8Array =>
  readFileSync(join(FIXTURES, "registry", `${name}.json`));
const GOOD = new Map<string, Uint8Array>([
  ["registry.json", fixture("hash-missing")],
  ["e/s/SKILL.md", Buffer.from("# Good\n")],
]);

/** First use: 5, the source and the place are named. Later: the last good registry answers, and says since when. */
async function refusesRegistry({
  name,
  says,
  argv = ["get", "e/s"],
}: {
  readonly name: string;
  readonly says: RegExp;
  readonly argv?: readonly string[];
}): Promise<void> {
  const world = newWorld();
  const host = await world.host(GOOD, "refresh_interval: 0\n");
  host.files.set("registry.json", fixture(name));
  const first = await world.chub(...argv);
  expect({ status: first.status, stdout: first.stdout }).toEqual({ status: 5, stdout: "" });
  expect(first.stderr).toContain("hub");
  expect(first.stderr).toMatch(says);

  const later = newWorld();
  const changing = await later.host(GOOD, "refresh_interval: 0\n");
  expect((await later.chub("get", "e/s")).stdout).toBe("# Good\n");
  changing.files.set("registry.json", fixture(name));
  const update = await later.chub("update");
  expect(update.status).toBe(5);
  expect(update.stderr).toContain("hub");
  const after = await later.chub("get", "e/s");
  expect({ status: after.status, stdout: after.stdout }).toEqual({ status: 0, stdout: "# Good\n" });
}

const root = (name: string) => ({ name, says: /registry\.json/ });
const entry = (name: string, says: RegExp, id = "e/s") => ({ name, says, argv: ["get", id] });

/** Context Hub's own index is never read: the search is right whatever stands in it. */
async function searchesAnyway(name: string): Promise<void> {
  const world = newWorld();
  for (const [path, bytes] of GOOD) world.write(`tree/${path}`, bytes);
  world.write("tree/search-index.json", readFileSync(join(FIXTURES, "index", name)));
  world.configure(`sources:\n  - name: hub\n    path: ${join(world.root, "tree")}\n`);
  const { status, stdout } = await world.chub("search", "s", "--json");
  expect({ status, total: JSON.parse(stdout).total }).toEqual({ status: 0, total: 1 });
}

/** Peak memory and exit code of a `chub list` over a registry of one size, in a process of its own. */
function measure(
  bytes: string,
  world: ReturnType<typeof newWorld>,
): { readonly status: number | null; readonly peakMegabytes: number; readonly stderr: string } {
  world.configure(`sources:\n  - name: hub\n    path: ${join(world.root, "tree")}\n`);
  const write = `const fs=require("fs");fs.mkdirSync(process.argv[1],{recursive:true});const out=fs.openSync(process.argv[1]+"/registry.json","w");${bytes}`;
  const made = spawnSync(process.execPath, ["-e", write, join(world.root, "tree")]);
  expect(made.status).toBe(0);
  const watch = `process.on("exit",()=>process.stderr.write("\\nPEAK "+process.resourceUsage().maxRSS))`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(watch)}`, world.bin, "list"],
    { env: world.environment, cwd: join(world.root, "work"), encoding: "utf8" },
  );
  return { status, stderr, peakMegabytes: Number(/PEAK (\d+)/.exec(stderr)?.[1]) / 1024 };
}

const zeros = (megabytes: number): string =>
  `const piece=Buffer.alloc(1<<20,0x20);for(let i=0;i<${megabytes};i++)fs.writeSync(out,piece);`;

securityTable("registry", {
  ...forEach(
    {
      "REGISTRY-002": root("null"),
      "REGISTRY-003": root("html"),
      "REGISTRY-004": root("empty"),
      "REGISTRY-005": entry("name-missing", /\/(docs|skills)\/0: /),
      "REGISTRY-008": entry("languages-string", /\/docs\/0: its languages are not a list/),
      "REGISTRY-009": {
        name: "entry-null",
        says: /\/docs\/0: it is not an object/,
        argv: ["list"],
      },
      "REGISTRY-010": root("array"),
      "REGISTRY-011": root("truncated"),
      "REGISTRY-012": { name: "schema-version-99", says: /newer chub/ },
      "REGISTRY-015": entry("duplicate-json-key", /e\/s/),
      "REGISTRY-016": entry("duplicate-id", /two entries have this id/),
      "REGISTRY-018": { name: "nfc-nfd-ids", says: /lower-case ASCII/, argv: ["list"] },
      "REGISTRY-019": entry("homoglyph-official", /lower-case ASCII/, "оpenai/chat"),
      "REGISTRY-020": { name: "newline-id", says: /lower-case ASCII/, argv: ["list"] },
      "REGISTRY-021": entry("shell-in-file-name", /is not allowed/),
      "REGISTRY-022": entry("ansi-description", /control characters/),
      "REGISTRY-023": entry("c1-description", /control characters/),
      "REGISTRY-025": entry("lone-surrogate", /e\/s/),
      "REGISTRY-026": root("bom"),
      "REGISTRY-027": entry("number-overflow", /size/),
      "REGISTRY-028": entry("negative-size", /size/),
    },
    refusesRegistry,
  ),
  async "REGISTRY-013"() {
    await refusesRegistry({ name: "proto-keys", says: /__proto__/, argv: ["get", "__proto__/x"] });
    const world = newWorld();
    world.write("tree/registry.json", fixture("proto-keys"));
    world.configure(`sources:\n  - name: hub\n    path: ${join(world.root, "tree")}\n`);
    for (const word of ["constructor", "__proto__", "hasOwnProperty"])
      expect([0, 5]).toContain((await world.chub("search", word)).status);
  },
  async "REGISTRY-030"() {
    // Context Hub's layout has no digests; an artifact that says it has some must have all of them.
    const world = newWorld();
    const host = await world.host(
      new Map([
        [
          "manifest.json",
          Buffer.from(
            JSON.stringify({
              format: 1,
              digest: "0".repeat(64),
              files: [{ path: "a.md", size: 1 }],
            }),
          ),
        ],
      ]),
    );
    const { status, stderr } = await world.chub("list");
    expect(status).toBe(5);
    expect(stderr).toContain("a.md has no sha256");
    expect(host.log).toEqual(["GET /manifest.json 200"]);
  },
  async "REGISTRY-032"() {
    const entries = `fs.writeSync(out,'{"docs":[],"skills":[');for(let i=0;i<200000;i++)fs.writeSync(out,(i?",":"")+JSON.stringify({id:"a/n"+i,name:"n"+i,description:"d".repeat(150),source:"community",tags:[],path:"a/n"+i,files:["SKILL.md"],size:1}));fs.writeSync(out,"]}");`;
    const { status, peakMegabytes, stderr } = measure(entries, newWorld());
    expect(status).toBe(5);
    expect(stderr).toContain("more than 100000");
    expect(peakMegabytes).toBeLessThan(350);
  },
  ...forEach({ "REGISTRY-033": 300, "REGISTRY-034": 600 }, async (megabytes) => {
    const world = newWorld();
    const { status, peakMegabytes } = measure(zeros(megabytes), world);
    expect(status).toBe(5);
    expect(peakMegabytes).toBeLessThan(150);
  }),
  async "REGISTRY-036"() {
    const files = Array.from({ length: 3_000 }, (_, index) => `f${index}.md`);
    const registry = JSON.parse(Buffer.from(fixture("hash-missing")).toString());
    registry.skills[0].files = files;
    const world = newWorld();
    const host = await world.host(
      new Map([["registry.json", Buffer.from(JSON.stringify(registry))]]),
    );
    const { status, stderr } = await world.chub("get", "e/s", "--full");
    expect(status).toBe(5);
    expect(stderr).toContain("more than 64");
    expect(host.log).toEqual(["GET /manifest.json 404", "GET /registry.json 200"]);
  },
  ...forEach(
    {
      "REGISTRY-037": "postings-out-of-range.json",
      "REGISTRY-038": "postings-negative.json",
      "REGISTRY-039": "postings-null.json",
      "REGISTRY-040": "postings-object.json",
      "REGISTRY-041": "postings-number.json",
      "REGISTRY-042": "documents-wrong-shape.json",
      "REGISTRY-045": "nan-params.json",
    },
    searchesAnyway,
  ),
});
