import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { artifactPathProblem } from "../../packages/registry/src/index.ts";
import { forEach, securityTable } from "./security-table.ts";
import { FIXTURES, newWorld, useWorlds } from "./world.ts";

useWorlds();

interface Hostile {
  readonly fixture: string;
  readonly argv: readonly string[];
  /** Ids that the message must name one of. */
  readonly named?: RegExp;
}

/** Read from a directory and from a host: refused with 5, nothing printed, written or asked for. */
async function refusesEverywhere({ fixture, argv, named = /"e\/s"/ }: Hostile): Promise<void> {
  const registry = readFileSync(join(FIXTURES, "registry", `${fixture}.json`));
  for (const kind of ["path", "url"]) {
    const world = newWorld();
    world.write("secret/SKILL.md", "CANARY");
    world.write("secret/id_rsa", "CANARY");
    world.write("a/b/c/tree/registry.json", registry);
    world.write("a/b/c/tree/e/s/SKILL.md", "# S\n");
    const host =
      kind === "url" ? await world.host(new Map([["registry.json", registry]])) : undefined;
    if (host === undefined)
      world.configure(`sources:\n  - name: hub\n    path: ${join(world.root, "a/b/c/tree")}\n`);
    const before = world.files();
    const { status, stdout, stderr } = await world.chub(...argv);
    expect({ kind, status, stdout }).toEqual({ kind, status: 5, stdout: "" });
    expect(stderr).toContain("hub");
    expect(stderr).toMatch(named);
    expect(stderr).not.toContain("CANARY");
    expect(world.files()).toEqual(before);
    expect(
      (host?.log ?? []).filter((line) => !/^GET \/(manifest|registry)\.json /.test(line)),
    ).toEqual([]);
  }
}

const get = (fixture: string, ...more: string[]): Hostile => ({
  fixture,
  argv: ["get", "e/s", ...more],
});

securityTable(
  "path",
  {
    ...forEach(
      {
        "PATH-001": get("path-parent"),
        "PATH-002": get("files-parent", "--full"),
        "PATH-003": get("files-parent", "--file", "../../../secret/id_rsa"),
        "PATH-004": get("files-output-escape", "--full", "-o", "out/"),
        "PATH-006": {
          fixture: "id-parent",
          argv: ["get", "../../IDPWN", "-o", "out/"],
          named: /IDPWN/,
        },
        "PATH-007": get("path-to-agent-skills"),
        "PATH-008": get("path-other-source"),
        "PATH-009": get("path-config"),
        "PATH-010": get("path-config", "--file", "config.yaml"),
        "PATH-011": get("path-parent"),
        "PATH-015": get("windows-names"),
      },
      refusesEverywhere,
    ),
    async "PATH-013"() {
      const world = newWorld();
      world.write("tree/registry.json", readFileSync(join(FIXTURES, "registry/hash-missing.json")));
      world.write("tree/e/s/SKILL.md", "# S\n");
      world.configure(`sources:\n  - name: hub\n    path: ${join(world.root, "tree")}\n`);
      mkdirSync(join(world.root, "victim"));
      mkdirSync(join(world.root, "work/out"), { recursive: true });
      // What follows -o is the user's own word; a link below it is not.
      symlinkSync(join(world.root, "victim"), join(world.root, "work/out/e"));
      const { status } = await world.chub("get", "e/s", "-o", "out/");
      expect({
        status,
        victim: Object.keys(world.files()).filter((path) => path.startsWith("victim")),
      }).toEqual({
        status: 5,
        victim: [],
      });
    },
    async "PATH-016"() {
      const world = newWorld();
      const registry = JSON.parse(
        readFileSync(join(FIXTURES, "registry/path-parent.json"), "utf8"),
      );
      registry.skills[0].path = "a".repeat(5_000);
      world.write("tree/registry.json", JSON.stringify(registry));
      world.configure(`sources:\n  - name: hub\n    path: ${join(world.root, "tree")}\n`);
      const { status, stderr } = await world.chub("get", "e/s");
      expect(status).toBe(5);
      expect(stderr).toContain("longer than 240 characters");
      expect(stderr.length).toBeLessThan(1_000);
    },
    async "PATH-019"() {
      for (const id of ["e/s", "e/t", "e/u"])
        await refusesEverywhere({
          fixture: "url-smuggling",
          argv: ["get", id],
          named: new RegExp(`"${id}"`),
        });
    },
    async "PATH-020"() {
      const cases = JSON.parse(readFileSync(join(FIXTURES, "paths.json"), "utf8")) as {
        s: string;
        ok: boolean;
      }[];
      expect(cases.length).toBe(64);
      expect(cases.map(({ s }) => artifactPathProblem(s) === null)).toEqual(
        cases.map(({ ok }) => ok),
      );
    },
    async "PATH-023"() {
      const world = newWorld();
      world.configure("sources: []\n");
      const relative = await world.chubWith({ CHUB_DIR: "here" }, "list");
      expect(relative).toMatchObject({ status: 2, stdout: "" });
      expect(relative.stderr).toContain("CHUB_DIR");
      const homeless = await world.chubWith({ HOME: "" }, "list", "--json");
      expect(homeless.status).toBe(0);
    },
  },
  {
    "PATH-022":
      "not promised: Node has no openat; -o writes where the user says, and a folder that somebody else may change while it is written to is not safe",
  },
);
