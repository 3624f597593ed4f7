// One `chub` process per question, as agents run it, beside the reference on its own build of the same content.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { measureCommands, printTable } from "./measure.mjs";

export function run({ root, content }) {
  const work = dirname(content);
  const bins = {
    ours: join(root, "packages/cli/dist/chub.cjs"),
    reference: join(root, "node_modules/@aisuite/chub/bin/chub"),
    compiler: join(root, "packages/compiler/dist/chubc.cjs"),
  };
  const env = {
    ours: homeFor(work, "ours", join(work, "cli-ours")),
    reference: homeFor(work, "reference", join(work, "cli-reference")),
  };
  build(bins.compiler, content, join(work, "cli-ours"), env.ours);
  build(bins.reference, content, join(work, "cli-reference"), env.reference);
  const registry = JSON.parse(readFileSync(join(work, "cli-ours/registry.json"), "utf8"));
  const entry = registry.docs.find(({ id }) => id === "stripe/api") ?? registry.docs[0];
  const language = entry.languages[0].language;

  const questions = [
    ["--version", ["--version"], ["--cli-version"]],
    ["search", ["search", "verify webhook signature", "--json"]],
    ["get", ["get", entry.id, "--lang", language]],
  ];
  for (const [title, ours, theirs = ours] of questions) {
    const rows = measureCommands(
      [
        { name: "node -e 0", command: process.execPath, args: ["-e", "0"] },
        { name: "chub", command: process.execPath, args: [bins.ours, ...ours], env: env.ours },
        {
          name: "@aisuite/chub",
          command: process.execPath,
          args: [bins.reference, ...theirs],
          env: env.reference,
        },
      ],
      Number(process.env.CHUB_BENCH_ROUNDS ?? 11),
    );
    printTable(`chub ${title}`, rows, "node -e 0");
  }
}

function homeFor(work, name, artifact) {
  const home = join(work, `home-${name}`);
  mkdirSync(home, { recursive: true });
  writeFileSync(
    join(home, "config.yaml"),
    `sources:\n  - name: bench\n    path: ${JSON.stringify(artifact)}\n`,
  );
  return { CHUB_DIR: home, CHUB_TELEMETRY: "0" };
}

function build(bin, content, output, env) {
  const result = spawnSync(process.execPath, [bin, "build", content, "-o", output], {
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  if (result.status !== 0)
    throw new Error(`build with ${bin} failed: ${result.stderr}${result.stdout}`);
}
