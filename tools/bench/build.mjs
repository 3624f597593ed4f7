// Building an artifact: cold, and again with nothing changed; the reference's full build does less (it parses no body).
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
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

  const rows = measureCommands(
    [
      { name: "node -e 0", command: process.execPath, args: ["-e", "0"] },
      {
        name: "@aisuite/chub build, empty output",
        command: process.execPath,
        args: [reference, "build", content, "-o", output("reference")],
        env: quiet,
        before: clear("reference"),
      },
      {
        name: "chubc build, empty output (cold)",
        command: process.execPath,
        args: [compiler, "build", content, "-o", output("cold")],
        before: clear("cold", "cold.tmp"),
      },
      {
        name: "chubc build, nothing changed (warm)",
        command: process.execPath,
        args: [compiler, "build", content, "-o", output("warm")],
      },
    ],
    Number(process.env.CHUB_BENCH_ROUNDS ?? 5),
  );
  printTable("Build", rows, "@aisuite/chub build, empty output");
}
