// The runtime beside the reference's: open, resolve and get, cold (a new process each) and warm (in one process),
// over the content and over 100,000 generated entries. Both read the same folder.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { median } from "./measure.mjs";

const LARGE = 100_000; // entries
const COLD = ["load", "open", "resolve", "get"];

export async function run({ root, content }) {
  const work = mkdtempSync(join(tmpdir(), "chub-runtime-"));
  try {
    const small = compile({ root, content, artifact: join(work, "small") });
    const large = await grow({ root, small, artifact: join(work, "large") });
    const opened = [small, large].map((folder) => compare({ root, work, ...folder }));
    const [atSmall, atLarge] = opened;
    console.log(
      `\nOpening at ${large.entries} entries takes ${(atLarge / atSmall).toFixed(2)}x of what it takes at ${small.entries}`,
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function compile({ root, content, artifact }) {
  const chubc = join(root, "packages/compiler/dist/chubc.cjs");
  const built = spawnSync(process.execPath, [chubc, "build", content, "-o", artifact], {
    encoding: "utf8",
  });
  if (built.status !== 0)
    throw new Error(`The content does not compile:\n${built.stdout}${built.stderr}`);
  const { docs, skills } = JSON.parse(readFileSync(join(artifact, "registry.json"), "utf8"));
  const asked = docs.find(({ id }) => id === "stripe/api") ?? docs[0];
  return { artifact, entries: docs.length + skills.length, ...addressOf(asked) };
}

function addressOf({ id, languages: [{ language, versions }] }) {
  return { id, language, path: versions[0].path };
}

/**
 * An artifact whose entries are those of the small one again and again, under other authors. It has catalog.bin,
 * registry.json and the files of the entry that is asked for: what opening, resolving and getting read.
 */
async function grow({ root, small, artifact }) {
  const { encodeCatalog, openCatalogFile, memoryFile } = await import(
    join(root, "packages/registry/dist/index.js")
  );
  const catalog = await openCatalogFile(
    memoryFile(readFileSync(join(small.artifact, "index/catalog.bin"))),
  );
  const records = await catalog.records(0, catalog.size);
  const registry = JSON.parse(readFileSync(join(small.artifact, "registry.json"), "utf8"));
  write(
    join(artifact, "index/catalog.bin"),
    encodeCatalog(
      repeated(records, (record, id) => ({ ...record, id })),
      [],
    ),
  );
  const docs = repeated(registry.docs, (doc, id) => ({ ...doc, id }));
  write(
    join(artifact, "registry.json"),
    JSON.stringify({ version: "1.0.0", format: 1, docs, skills: [] }),
  );
  for (const folder of [small.path, join("ast", small.path)])
    cpSync(join(small.artifact, folder), join(artifact, folder), { recursive: true });
  return { ...small, artifact, entries: LARGE };
}

/** The first round keeps its ids, so that the same address is asked of both folders. */
function repeated(entries, rename) {
  return Array.from({ length: LARGE }, (_, index) => {
    const entry = entries[index % entries.length];
    const round = Math.floor(index / entries.length);
    return rename(entry, round === 0 ? entry.id : `again-${round}-${entry.id}`);
  });
}

function write(path, bytes) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

/** Prints both engines over one folder, and gives the milliseconds in which ours opens it. */
function compare({ work, artifact, entries, id, language, path }) {
  const home = join(work, "home");
  write(
    join(home, "config.yaml"),
    `sources:\n  - name: bench\n    path: ${JSON.stringify(artifact)}\ntelemetry: false\n`,
  );
  const env = {
    CHUB_DIR: home,
    CHUB_TELEMETRY: "0",
    CHUB_BENCH_EXPECTED: join(artifact, path, "DOC.md"),
  };
  const runs = { ours: [], reference: [] };
  for (let round = 0; round < Number(process.env.CHUB_BENCH_ROUNDS ?? 7); round++)
    for (const [engine, done] of Object.entries(runs))
      done.push(
        ask({ env, args: [engine, artifact, id, language, entries === LARGE ? "5" : "100"] }),
      );
  console.log(
    `\nRuntime, ${entries} entries, get ${id}: milliseconds, median (best) of ${runs.ours.length} processes`,
  );
  print("chub", runs.ours);
  print("@aisuite/chub", runs.reference);
  const total = (done) => Math.min(...done.map((times) => cold(times)));
  const best = (done, name) => Math.min(...done.map((times) => times[name]));
  console.log(
    `  reference/chub, best of each: cold ${(total(runs.reference) / total(runs.ours)).toFixed(1)}x, warm ${(best(runs.reference, "warm") / best(runs.ours, "warm")).toFixed(1)}x, CPU ${(best(runs.reference, "cpu") / best(runs.ours, "cpu")).toFixed(1)}x`,
  );
  return best(runs.ours, "open");
}

function ask({ env, args }) {
  // An extra CA bundle triples Node's own start and would hide every ratio.
  const { NODE_EXTRA_CA_CERTS: _, ...base } = process.env;
  const program = join(import.meta.dirname, "runtime-process.mjs");
  const result = spawnSync(process.execPath, [program, ...args], {
    env: { ...base, ...env },
    encoding: "utf8",
  });
  if (result.status !== 0) throw new Error(`${args.join(" ")} failed: ${result.stderr}`);
  return JSON.parse(result.stdout);
}

/** Opening, resolving and getting in a new process, without loading the program. */
function cold(times) {
  return times.open + times.resolve + times.get;
}

function print(name, runs) {
  const figure = (pick) =>
    `${median(runs.map(pick)).toFixed(2)} (${Math.min(...runs.map(pick)).toFixed(2)})`;
  const steps = COLD.map((step) => `${step} ${figure((times) => times[step])}`).join(", ");
  const again =
    runs[0].reopened === null
      ? "cannot be opened again"
      : `opened again ${figure((times) => times.reopened)}`;
  console.log(`  ${name}: cold ${figure(cold)} = ${steps.slice(steps.indexOf("open"))}`);
  console.log(
    `    ${steps.slice(0, steps.indexOf(","))} before; warm resolve and get ${figure((times) => times.warm)}; ${again}; CPU of the process ${figure((times) => times.cpu)}`,
  );
}
