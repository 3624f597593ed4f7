import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openCache } from "../src/index.ts";

let folder = "";
let program = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "chub-crash-"));
  program = join(folder, "writer.mjs");
  await build({
    stdin: {
      contents: `import { openCache } from "./object-cache.ts";
        const cache = openCache(process.argv[2]);
        const rounds = Number(process.argv[3]);
        for (let round = 0; round < rounds; round += 1) {
          if (round === 1) process.stdout.write("at work");
          const bytes = Buffer.alloc(20_000 + (round % 7), round % 251);
          const sha256 = cache.write(bytes);
          cache.writeState("source", { sha256, padding: "x".repeat(5_000) });
          const read = cache.read(sha256);
          if (read === null || Buffer.compare(read, bytes) !== 0) process.exit(3);
          const state = cache.readState("source");
          if (state === null || state.padding.length !== 5_000) process.exit(4);
        }
        process.exit(cache.problem() === null ? 0 : 5);`,
      resolveDir: join(import.meta.dirname, "../src/cache"),
      loader: "ts",
    },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: program,
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

it("eight processes on one cache never see half a file", async () => {
  const shared = join(folder, "shared");
  const exits = await Promise.all(Array.from({ length: 8 }, () => exitOf(start(shared, 60))));
  expect(exits).toEqual(Array.from({ length: 8 }, () => 0));
  expect(openCache(shared).verify()).toEqual([]);
});

it("a process that is killed at any moment leaves whole files, and what it left half is cleaned up", async () => {
  const shared = join(folder, "killed");
  for (let round = 0; round < 12; round += 1) {
    const writer = start(shared, 1_000_000);
    const exit = exitOf(writer);
    await new Promise((done) => writer.stdout?.once("data", done));
    await new Promise((done) => setTimeout(done, round % 12));
    writer.kill("SIGKILL");
    expect(await exit).toBe("SIGKILL");
    const cache = openCache(shared);
    expect(cache.verify()).toEqual([]);
    const state = cache.readState("source");
    expect(state === null || (state as { padding: string }).padding.length === 5_000).toBe(true);
  }
  const objects = join(shared, "objects");
  const left = join(objects, readdirSync(objects)[0] ?? "", ".left.tmp");
  writeFileSync(left, "half");
  utimesSync(left, 1, 1);
  openCache(shared).evict(Number.MAX_SAFE_INTEGER);
  expect(existsSync(left)).toBe(false);
});

function start(cache: string, rounds: number): ChildProcess {
  return spawn(process.execPath, [program, cache, String(rounds)], {
    stdio: ["ignore", "pipe", "ignore"],
  });
}

function exitOf(child: ChildProcess): Promise<number | NodeJS.Signals | null> {
  return new Promise((done) => child.on("close", (code, signal) => done(code ?? signal)));
}
