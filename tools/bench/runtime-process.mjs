// One process that opens a folder, resolves an address and gets its text, once cold and then often.
// Usage: runtime-process.mjs ours|reference <artifact> <id> <language> <repetitions>
// Prints the milliseconds of each step as JSON; `cpu` is user and system time of the process after the first answer.
import { readFileSync } from "node:fs";

const [engine, artifact, id, language, repetitions] = process.argv.slice(2);
const marks = [performance.now()];
const mark = () => marks.push(performance.now());
const steps = engine === "ours" ? await ours() : await reference();

const state = await steps.open();
mark();
await steps.resolve(state);
mark();
const text = await steps.get(state);
mark();
const cpu = process.cpuUsage();
if (text !== readFileSync(process.env.CHUB_BENCH_EXPECTED, "utf8"))
  throw new Error(`${engine} gave another text for ${id}`);

const [load, open, resolve, get] = marks.slice(1).map((at, i) => at - marks[i]);
const warm = await each(async () => {
  await steps.resolve(state);
  await steps.get(state);
});
const reopened = steps.close === undefined ? null : await each(reopen);
await steps.close?.(state);
console.log(
  JSON.stringify({ load, open, resolve, get, cpu: (cpu.user + cpu.system) / 1000, warm, reopened }),
);

async function reopen() {
  const again = await steps.open();
  await steps.get(again);
  await steps.close(again);
}

/** Milliseconds of one run, the best of five rounds. */
async function each(run) {
  const rounds = [];
  for (let round = 0; round < 5; round++) {
    const started = performance.now();
    for (let i = 0; i < Number(repetitions); i++) await run();
    rounds.push((performance.now() - started) / Number(repetitions));
  }
  return Math.min(...rounds);
}

async function ours() {
  const { directorySource, openCatalog } = await import("../../packages/registry/dist/index.js");
  mark();
  const source = directorySource({ name: "bench", kind: "path", directory: artifact });
  return {
    open: () => openCatalog({ sources: [{ source, tier: "official" }] }),
    resolve: (catalog) => catalog.resolve({ address: id, language }),
    get: async (catalog) => {
      const answer = await catalog.get({ address: id, language });
      return answer.parts?.[0]?.content;
    },
    close: (catalog) => catalog.close(),
  };
}

/** Its first question loads and keeps everything, as module state: it is opened once in a process. */
async function reference() {
  const lib = new URL("../../node_modules/@aisuite/chub/src/lib/", import.meta.url);
  const registry = await import(new URL("registry.js", lib));
  const { fetchDoc } = await import(new URL("cache.js", lib));
  mark();
  const find = () => {
    const { entry } = registry.getEntry(id);
    const resolved = registry.resolveDocPath(entry, language);
    return {
      source: resolved.source,
      filePath: registry.resolveEntryFile(resolved, "doc").filePath,
    };
  };
  return {
    open: async () => registry.getEntry(id),
    resolve: async () => find(),
    get: async () => {
      const { source, filePath } = find();
      return fetchDoc(source, filePath);
    },
  };
}
