import { expect } from "vitest";
import { fixtureArtifact } from "../../packages/registry/test/fixture-artifact.ts";
import { openAnnotations } from "../../packages/registry/src/index.ts";
import { join } from "node:path";
import { securityTable } from "./security-table.ts";
import { newWorld, useWorlds } from "./world.ts";

useWorlds();

/** Large enough that a file half written would be seen. */
const TEXT = `# B\n\n${`${"x".repeat(1_000)}\n`.repeat(300)}`;
const files = (text = TEXT) =>
  fixtureArtifact([{ id: "a/b", texts: [{ files: { "DOC.md": text } }] }]);

const times = <T>(count: number, run: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => run(index)));

securityTable(
  "concurrency",
  {
    async "CONCURRENCY-003"() {
      const world = newWorld();
      for (const [path, bytes] of files("# B\n")) world.write(`tree/${path}`, bytes);
      world.configure(`sources:\n  - name: hub\n    path: ${join(world.root, "tree")}\n`);
      const runs = await times(6, (index) => world.chub("annotate", "a/b", `note ${index}`));
      expect(runs.map(({ status }) => status)).toEqual(runs.map(() => 0));
      const { annotations, problems } = openAnnotations({
        personal: join(world.chubDirectory, "annotations"),
      }).list("a/b");
      expect(problems).toEqual([]);
      expect(annotations.map(({ text }) => text).sort()).toEqual(
        runs.map((_, index) => `note ${index}`),
      );
    },
    async "CONCURRENCY-006"() {
      const world = newWorld();
      await world.host(files());
      const runs = await times(6, () => world.chub("get", "a/b"));
      expect(runs.map(({ status, stdout }) => [status, stdout === TEXT])).toEqual(
        runs.map(() => [0, true]),
      );
    },
    async "CONCURRENCY-007"() {
      const world = newWorld();
      await world.host(files());
      const runs = await times(6, (index) =>
        index % 2 === 0 ? world.chub("get", "a/b") : world.chub("cache", "clear"),
      );
      expect(runs.map(({ status }) => status)).toEqual(runs.map(() => 0));
      expect(
        runs.filter((_, index) => index % 2 === 0).every(({ stdout }) => stdout === TEXT),
      ).toBe(true);
    },
    async "CONCURRENCY-010"() {
      const world = newWorld();
      for (const [path, bytes] of files()) world.write(`tree/${path}`, bytes);
      world.configure(`sources:\n  - name: hub\n    path: ${join(world.root, "tree")}\n`);
      await world.chub("get", "a/b");
      const before = world.files();
      expect((await world.chub("get", "a/b")).stdout).toBe(TEXT);
      expect(world.files()).toEqual(before);
    },
    async "CONCURRENCY-011"() {
      const world = newWorld();
      await world.host(files());
      const runs = await times(8, () => world.chub("search", "b", "--json"));
      expect(runs.map(({ status, stdout }) => [status, JSON.parse(stdout).total])).toEqual(
        runs.map(() => [0, 1]),
      );
    },
  },
  {
    "CONCURRENCY-001":
      "packages/registry/test/cache-crash.test.ts: eight processes write and read one state",
    "CONCURRENCY-004":
      "packages/registry/test/annotations.test.ts: processes that write different notes lose none",
    "CONCURRENCY-008":
      "64 random bits stand beside the process id in every temporary name; two containers are not started here",
  },
);
