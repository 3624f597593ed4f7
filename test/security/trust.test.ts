import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { installedContent } from "../../packages/registry/src/index.ts";
import {
  fixtureArtifact,
  type FixtureEntry,
} from "../../packages/registry/test/fixture-artifact.ts";
import { startHost } from "../../packages/registry/test/http-host.ts";
import { forEach, securityTable } from "./security-table.ts";
import { atEnd, FIXTURES, newWorld, useWorlds, type World } from "./world.ts";

useWorlds();

/** Trees under names, as path sources in this order. */
function worldOf(trees: Readonly<Record<string, readonly FixtureEntry[]>>, more = ""): World {
  const world = newWorld();
  const lines = Object.entries(trees).map(([name, entries]) => {
    for (const [path, bytes] of fixtureArtifact(entries)) world.write(`${name}/${path}`, bytes);
    return `  - name: ${name}\n    path: ${join(world.root, name)}\n`;
  });
  world.configure(`sources:\n${lines.join("")}${more}`);
  return world;
}

const doc = (id: string, text: string, more: Partial<FixtureEntry> = {}): FixtureEntry => ({
  id,
  texts: [{ files: { "DOC.md": text } }],
  ...more,
});

async function configurationError(name: string): Promise<void> {
  const world = newWorld();
  world.configure(readFileSync(join(FIXTURES, "config", `${name}.yaml`), "utf8"));
  const { status, stdout, stderr } = await world.chub("search", "x");
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(/config\.yaml:\d+:\d+: /);
}

securityTable(
  "trust",
  {
    async "TRUST-003"() {
      const world = newWorld();
      world.write(
        "tree/registry.json",
        readFileSync(join(FIXTURES, "registry/source-missing.json")),
      );
      world.write("tree/e/s/DOC.md", "# Text\n");
      world.configure(
        `source: official\nsources:\n  - name: hub\n    path: ${join(world.root, "tree")}\n`,
      );
      expect(await world.chub("get", "openai/chat")).toMatchObject({ status: 5, stdout: "" });
      expect(JSON.parse((await world.chub("search", "chat", "--json")).stdout).total).toBe(0);
    },
    async "TRUST-004"() {
      const world = worldOf({ one: [doc("a/b", "# One\n")], two: [doc("a/b", "# Two\n")] });
      const { status, stdout, stderr } = await world.chub("get", "a/b");
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toMatch(/one:a\/b[^]*two:a\/b/);
      expect((await world.chub("get", "two:a/b")).stdout).toBe("# Two\n");
    },
    async "TRUST-006"() {
      const world = newWorld();
      const host = await startHost(new Map([["help/latest.json", Buffer.from("EVIL")]]));
      atEnd(host.close);
      // Only the user can name a place for help: neither a source nor the project is one.
      world.configure(`sources:\n  - name: hub\n    url: ${host.url}\n`);
      world.write("work/.chub/config.yaml", `help_url: ${host.url}/help\n`);
      const { status, stdout } = await world.chub("--help");
      expect(status).toBe(0);
      expect(stdout).toContain("chub");
      expect(host.log).toEqual([]);
    },
    async "TRUST-007"() {
      const world = worldOf({ one: [doc("a/b", "# One\n")], two: [doc("a/c", "# Two\n")] });
      expect((await world.chub("get", "two:a/b")).status).toBe(3);
    },
    ...forEach(
      {
        "TRUST-008": "source-name-dup",
        "TRUST-009": "source-name-traversal",
        "TRUST-010": "source-name-colon",
        "TRUST-011": "broken",
        "TRUST-012": "unknown-key",
        "TRUST-020": "source-no-name",
        "TRUST-021": "sources-string",
        "TRUST-022": "source-file-url",
      },
      configurationError,
    ),
    async "TRUST-013"() {
      const world = worldOf({ hub: [doc("a/b", "# Mine\n")] });
      for (const [path, bytes] of fixtureArtifact([doc("e/evil", "# Evil\n")]))
        world.write(`work/evil/${path}`, bytes);
      world.write("work/.chub/config.yaml", "sources:\n  - name: evil\n    path: ../evil\n");
      const { status, stderr } = await world.chub("get", "e/evil");
      expect(status).toBe(3);
      expect(stderr).toContain("trusted_projects");
    },
    async "TRUST-014"() {
      const world = newWorld();
      world.write(
        "work/node_modules/@chub/content/package.json",
        '{"name":"@chub/content","exports":{"./manifest.json":"./manifest.json"}}',
      );
      world.write("work/node_modules/@chub/content/manifest.json", "{}");
      mkdirSync(join(world.root, "program"), { recursive: true });
      expect(installedContent(join(world.root, "program/main.js"))).toBe(null);
      expect(installedContent(join(world.root, "work/main.js"))).not.toBe(null);
    },
    async "TRUST-017"() {
      const manifest = JSON.parse(
        readFileSync(join(import.meta.dirname, "../../packages/npm-content/package.json"), "utf8"),
      ) as { scripts?: Record<string, string>; bin?: unknown; dependencies?: unknown };
      const lifecycle = Object.keys(manifest.scripts ?? {}).filter((name) =>
        /^(pre|post)?(install|prepare|publish|pack)$|^prepublishOnly$/.test(name),
      );
      expect({ lifecycle, bin: manifest.bin, dependencies: manifest.dependencies }).toEqual({
        lifecycle: [],
        bin: undefined,
        dependencies: undefined,
      });
    },
  },
  {
    "TRUST-005":
      "not met: among two documents of which one repeats the words of the query 400 times, that one stands first whatever its tier; descriptions are cut at 1,200 characters",
    "TRUST-016": "not done: provenance of npm packages is not checked; their integrity is",
    "TRUST-019":
      "packages/registry/test/channel-source.test.ts: what was recalled is gone with the next refresh",
  },
);
