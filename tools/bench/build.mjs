// Building an artifact, cold and warm, beside the reference's build (which parses no body), the linters that authors know
// (which build nothing), and the floor: reading, hashing, parsing and writing the same files and nothing else.
import { appendFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { documents } from "./corpus.mjs";
import { linters } from "./linters.mjs";
import { measureCommands, printTable } from "./measure.mjs";

export function run({ root, content }) {
  const work = dirname(content);
  const compiler = join(root, "packages/compiler/dist/chubc.cjs");
  const reference = join(root, "node_modules/@aisuite/chub/bin/chub");
  const output = (name) => join(work, name);
  const quiet = { CHUB_DIR: join(work, "home"), CHUB_TELEMETRY: "0" };
  const clear =
    (...names) =>
    () =>
      names.forEach((name) => rmSync(join(work, name), { recursive: true, force: true }));
  const build = (name, ...args) => [compiler, "build", content, "-o", output(name), ...args];
  const cache = ["--cache-location", join(work, "cache")];
  const rounds = Number(process.env.CHUB_BENCH_ROUNDS ?? 3);

  const cold = measureCommands(
    [
      { name: "node -e 0", command: process.execPath, args: ["-e", "0"] },
      {
        name: "read, hash, parse, write alone",
        command: process.execPath,
        args: [join(root, "tools/bench/floor.mjs"), content, output("floor"), "write"],
        before: clear("floor"),
      },
      {
        name: "chubc build, empty output, no cache",
        command: process.execPath,
        args: build("cold", "--no-cache"),
        before: clear("cold"),
      },
      {
        name: "@aisuite/chub build, empty output",
        command: process.execPath,
        args: [reference, "build", content, "-o", output("reference")],
        env: quiet,
        before: clear("reference"),
      },
      ...linters({ root, content, work }).filter(({ warm }) => !warm),
    ],
    rounds,
  );
  printTable(
    "Cold build with every rule, beside linters without a cache",
    cold,
    "chubc build, empty output, no cache",
  );

  const touched = join(work, "cache-edited");
  const [edited] = documents(content);
  const warm = measureCommands(
    [
      { name: "node -e 0", command: process.execPath, args: ["-e", "0"] },
      {
        name: "chubc build, nothing changed",
        command: process.execPath,
        args: build("warm", ...cache),
      },
      {
        name: "chubc build, one file changed",
        command: process.execPath,
        args: build("warm-edit", "--cache-location", touched),
        before: () => appendFileSync(edited, "\n"),
      },
    ],
    rounds,
  );
  printTable("Warm build", warm, "node -e 0");
}
