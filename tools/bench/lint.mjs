// Linting, cold and warm, beside rumdl with its own cache, and the floor of walking and hashing.
import { appendFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { documents } from "./corpus.mjs";
import { linters } from "./linters.mjs";
import { measureCommands, printTable } from "./measure.mjs";

export function run({ root, content }) {
  const work = dirname(content);
  const compiler = join(root, "packages/compiler/dist/chubc.cjs");
  const lint = (...args) => ({
    command: process.execPath,
    args: [compiler, "lint", content, "--format", "compact", ...args],
    statuses: [0, 1],
  });
  const [edited] = documents(content);
  const rows = measureCommands(
    [
      { name: "node -e 0", command: process.execPath, args: ["-e", "0"] },
      {
        name: "walk, read and hash alone",
        command: process.execPath,
        args: [join(root, "tools/bench/floor.mjs"), content],
      },
      { name: "chubc lint, no cache", ...lint("--no-cache") },
      {
        name: "chubc lint, one file changed",
        ...lint("--cache-location", join(work, "cache-edited")),
        before: () => appendFileSync(edited, "\n"),
      },
      { name: "chubc lint, nothing changed", ...lint("--cache-location", join(work, "cache")) },
      ...linters({ root, content, work }).filter(({ name }) => name.startsWith("rumdl")),
    ],
    Number(process.env.CHUB_BENCH_ROUNDS ?? 5),
  );
  printTable("Lint (minimum of a warm row: the first round fills its cache)", rows, "node -e 0");
}
