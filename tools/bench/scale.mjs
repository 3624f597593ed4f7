// A tree of 100,000 documents, made from the content: cold and warm, peak memory, and whether time grows linearly.
// CHUB_BENCH_DOCUMENTS=<n> takes another number.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "./corpus.mjs";

export function run({ root, content }) {
  const most = Number(process.env.CHUB_BENCH_DOCUMENTS ?? 100_000);
  const work = mkdtempSync(join(tmpdir(), "chub-scale-"));
  console.log(`\nScale: generated documents (wall s / CPU s / peak MB)`);
  try {
    for (const count of [Math.round(most / 4), most]) {
      const tree = join(work, `content-${count}`);
      generate(content, count, tree);
      const chubc = (name, ...args) => measure({ root, work, name, count, args });
      const cache = ["--cache-location", join(work, `cache-${count}`)];
      chubc("lint, cold", "lint", tree, "--format", "compact", ...cache);
      chubc("lint, nothing changed", "lint", tree, "--format", "compact", ...cache);
      chubc("build, cold", "build", tree, "-o", join(work, "out"), ...cache);
      chubc("build, nothing changed", "build", tree, "-o", join(work, "out"), ...cache);
      rmSync(join(work, "out"), { recursive: true, force: true });
      rmSync(join(work, `cache-${count}`), { recursive: true, force: true });
      rmSync(tree, { recursive: true, force: true });
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function measure({ root, work, name, count, args }) {
  const report = join(work, "usage.json");
  const started = process.hrtime.bigint();
  const result = spawnSync(
    process.execPath,
    [
      "--require",
      join(root, "tools/bench/usage-on-exit.cjs"),
      join(root, "packages/compiler/dist/chubc.cjs"),
      ...args,
    ],
    { env: { ...process.env, CHUB_BENCH_USAGE: report }, encoding: "utf8", maxBuffer: 1 << 30 },
  );
  const wall = Number(process.hrtime.bigint() - started) / 1e9;
  if (result.status !== 0 && result.status !== 1)
    throw new Error(`chubc ${args[0]} failed (${result.status}): ${result.stderr.slice(0, 2000)}`);
  const { cpuSeconds, peakBytes } = JSON.parse(readFileSync(report, "utf8"));
  const figures = [wall.toFixed(1), cpuSeconds.toFixed(1), (peakBytes / 2 ** 20).toFixed(0)];
  console.log(
    `  ${String(count).padStart(7)} ${name.padEnd(26)} ${figures.map((text) => text.padStart(9)).join("")}`,
  );
}
