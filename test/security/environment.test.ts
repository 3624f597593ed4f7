import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { fixtureArtifact } from "../../packages/registry/test/fixture-artifact.ts";
import { securityTable } from "./security-table.ts";
import { newWorld, requireDecent, treeOf, useWorlds, type Run, type World } from "./world.ts";

useWorlds();

const files = () => fixtureArtifact([{ id: "a/b", texts: [{ files: { "DOC.md": "# B\n" } }] }]);

/** A run under limits of the shell, or as another user, while this process serves. */
function limited(world: World, shell: string, ...argv: string[]): Promise<Run> {
  const child = spawn(
    "sh",
    ["-c", `${shell}; exec "$0" "$@"`, process.execPath, world.bin, ...argv],
    { cwd: join(world.root, "work"), env: { PATH: "/usr/bin:/bin", ...world.environment } },
  );
  const run = { status: null as number | null, stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (run.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (run.stderr += text));
  return new Promise((done) =>
    child.once("close", (status) => {
      run.status = status;
      requireDecent(run);
      done(run);
    }),
  );
}

/** A cache in whose place stands a file can be written by nobody, not even by root. */
function blockCache(world: World): void {
  writeFileSync(join(world.chubDirectory, "cache"), "not a folder");
}

async function worksWithoutCache(): Promise<void> {
  const world = newWorld();
  await world.host(files());
  blockCache(world);
  const { status, stdout, stderr } = await world.chub("get", "a/b");
  expect({ status, stdout }).toEqual({ status: 0, stdout: "# B\n" });
  expect(stderr.match(/nothing is kept for later/g)).toEqual(["nothing is kept for later"]);
}

securityTable("environment", {
  // The question is answered from memory, and said once that nothing is kept: an answer is worth more than a file.
  "ENVIRONMENT-001": worksWithoutCache,
  async "ENVIRONMENT-002"() {
    const world = newWorld();
    await world.host(files());
    blockCache(world);
    const { status, stderr } = await world.chub("update", "--full");
    expect(status).toBe(6);
    expect(stderr).toContain("has room");
  },
  "ENVIRONMENT-003": worksWithoutCache,
  "ENVIRONMENT-005": worksWithoutCache,
  async "ENVIRONMENT-006"() {
    const world = newWorld();
    mkdirSync(join(world.root, "tree/registry.json"), { recursive: true });
    world.configure(`sources:\n  - name: hub\n    path: ${join(world.root, "tree")}\n`);
    chmodSync(join(world.root, "tree"), 0o700);
    const { status, stderr } = await world.chub("list");
    expect(status).toBe(4);
    expect(stderr).toContain("hub");
  },
  async "ENVIRONMENT-007"() {
    const world = newWorld();
    world.write("file", "x");
    const run = await world.chubWith({ CHUB_DIR: join(world.root, "file") }, "list");
    expect(run).toMatchObject({ status: 2, stdout: "" });
    expect(run.stderr).toContain("expected the folder of chub");
  },
  async "ENVIRONMENT-008"() {
    const world = newWorld();
    for (const [path, bytes] of files()) world.write(`tree/${path}`, bytes);
    world.configure(`sources:\n  - name: hub\n    path: ${join(world.root, "tree")}\n`);
    const { status, stdout } = await limited(world, "ulimit -n 30", "get", "a/b");
    expect({ status, stdout }).toEqual({ status: 0, stdout: "# B\n" });
  },
  async "ENVIRONMENT-009"() {
    const world = newWorld();
    await world.host(files());
    expect((await world.chub("get", "a/b")).stdout).toBe("# B\n");
    const before = treeOf(join(world.chubDirectory, "cache"));
    const update = await limited(world, "trap '' XFSZ; ulimit -f 0", "update", "--force");
    expect([0, 6]).toContain(update.status);
    for (const [path, bytes] of before)
      if (path.startsWith("objects"))
        expect(treeOf(join(world.chubDirectory, "cache")).get(path)).toEqual(bytes);
    expect((await world.chub("get", "a/b")).stdout).toBe("# B\n");
  },
  async "ENVIRONMENT-010"() {
    const world = newWorld();
    for (const [path, bytes] of fixtureArtifact([
      { id: "a/b", texts: [{ files: { "DOC.md": "line\n".repeat(100_000) } }] },
    ]))
      world.write(`tree/${path}`, bytes);
    world.configure(`sources:\n  - name: hub\n    path: ${join(world.root, "tree")}\n`);
    const { stdout, stderr } = spawnSync(
      "sh",
      ["-c", '"$0" "$1" get a/b | head -1', process.execPath, world.bin],
      {
        encoding: "utf8",
        cwd: join(world.root, "work"),
        env: { PATH: "/usr/bin:/bin", ...world.environment },
      },
    );
    expect(stdout).toBe("line\n");
    // Where the document is from, and nothing about the closed pipe.
    expect(stderr).toMatch(/^a\/b: community, source hub, 500000 tokens, sha256 [0-9a-f]{12}\n$/);
  },
  async "ENVIRONMENT-013"() {
    const world = newWorld();
    await world.host(files());
    expect((await world.chub("update", "--full")).status).toBe(0);
    const names = [...treeOf(join(world.chubDirectory, "cache")).keys()];
    expect(names.filter((name) => name !== name.toLowerCase() || /[^ -~]/.test(name))).toEqual([]);
  },
});
