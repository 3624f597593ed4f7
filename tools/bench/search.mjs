// Search beside the reference, MiniSearch and Orama, over the same text: quality by judged queries, latency, size.
// CHUB_QUERIES=<file or folder> names the judged queries of CHUB_CORPUS; without them only latency is measured.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quality } from "../eval/measures.mjs";
import { readQueries } from "../eval/judged-queries.mjs";
import { median } from "./measure.mjs";
import { searchDocumentsOf } from "./search-documents.mjs";

const ROUNDS = 5; // of all queries; the first one warms up

export async function run({ root }) {
  const work = mkdtempSync(join(tmpdir(), "chub-search-"));
  try {
    const corpus = process.env.CHUB_CORPUS || join(root, "content");
    const artifact = compile({ root, corpus, output: join(work, "artifact") });
    const queries = readQueries(process.env.CHUB_QUERIES || join(root, "tools/eval/queries"));
    const documents = searchDocumentsOf(artifact);
    console.log(
      `\nSearch: ${documents.length} entries, ${queries.length} judged queries, 10 hits each`,
    );
    const engines = [
      await ours({ root, artifact, documents }),
      await reference({ root, artifact, home: join(work, "home") }),
      await miniSearch(documents),
      await orama(documents),
    ];
    for (const engine of engines) printRow(await measure(engine, queries));
    cold({ root, artifact });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function compile({ root, corpus, output }) {
  const chubc = join(root, "packages/compiler/dist/chubc.cjs");
  const built = spawnSync(process.execPath, [chubc, "build", corpus, "-o", output], {
    encoding: "utf8",
  });
  if (built.status !== 0)
    throw new Error(`The content does not compile:\n${built.stdout}${built.stderr}`);
  return output;
}

async function ours({ root, artifact, documents }) {
  const dist = join(root, "packages/registry/dist/search");
  const { openSearchIndex } = await import(join(dist, "search-index.js"));
  const { createStaticBackend } = await import(join(dist, "static-backend.js"));
  const bytes = readFileSync(join(artifact, "index/search.bin"));
  const source = { source: "bench", index: openSearchIndex(bytes), openSections: async () => null };
  const backend = createStaticBackend([source]);
  return {
    name: "chub",
    size: bytes.length,
    search: async (query) => {
      const { hits } = await backend.search(query, { limit: 10 });
      return hits.map(({ ordinal }) => documents[ordinal].id);
    },
  };
}

/** The reference reads its sources from a configuration file; its own search function is called in this process. */
async function reference({ root, artifact, home }) {
  mkdirSync(home, { recursive: true });
  writeFileSync(
    join(home, "config.yaml"),
    `sources:\n  - name: bench\n    path: ${JSON.stringify(artifact)}\ntelemetry: false\n`,
  );
  process.env.CHUB_DIR = home;
  process.env.CHUB_TELEMETRY = "0";
  const { searchEntries } = await import(
    join(root, "node_modules/@aisuite/chub/src/lib/registry.js")
  );
  const files = ["registry.json", "search-index.json"].map(
    (name) => readFileSync(join(artifact, name)).length,
  );
  return {
    name: "@aisuite/chub",
    size: files.reduce((sum, size) => sum + size, 0),
    search: async (query) =>
      searchEntries(query, {})
        .slice(0, 10)
        .map(({ id }) => id),
  };
}

async function miniSearch(documents) {
  const { default: MiniSearch } = await import("minisearch");
  const engine = new MiniSearch({
    fields: FIELDS,
    idField: "id",
    searchOptions: { prefix: true, fuzzy: 0.2 },
  });
  engine.addAll(documents.map(plainDocument));
  return {
    name: "MiniSearch, prefix and fuzzy",
    size: Buffer.byteLength(JSON.stringify(engine)),
    search: async (query) =>
      engine
        .search(query)
        .slice(0, 10)
        .map(({ id }) => id),
  };
}

async function orama(documents) {
  const { create, insertMultiple, save, search } = await import("@orama/orama");
  const schema = Object.fromEntries(FIELDS.map((field) => [field, "string"]));
  const engine = create({ schema });
  await insertMultiple(engine, documents.map(plainDocument));
  return {
    name: "Orama",
    size: Buffer.byteLength(JSON.stringify(save(engine))),
    search: async (query) => {
      const { hits } = await search(engine, { term: query, limit: 10, threshold: 1 });
      return hits.map(({ id }) => id);
    },
  };
}

/** The fields of one document as text, for engines that split and weigh it themselves. */
function plainDocument({ id, name, description, tags, files }) {
  const sections = files.flatMap((file) => file.sections);
  const join = (field) => sections.map((section) => section[field]).join("\n");
  return {
    id,
    entry: id,
    name,
    description,
    tags: tags.join(" "),
    headings: join("heading"),
    code: join("code"),
    text: join("text"),
  };
}

const FIELDS = ["entry", "name", "description", "tags", "headings", "code", "text"];

async function measure({ name, size, search }, queries) {
  const times = [];
  const answers = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const query of queries) {
      const started = performance.now();
      const ids = await search(query.query);
      if (round > 0) times.push(performance.now() - started);
      else answers.push({ query, ids, sections: null });
    }
  }
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(times.length * share)] ?? 0;
  return { name, size, p50: at(0.5), p95: at(0.95), quality: quality(answers) };
}

function printRow({ name, size, p50, p95, quality: { ndcg, mrr, recall, first } }) {
  const numbers = [ndcg, mrr, recall, first].map((value) => value.toFixed(3)).join(" ");
  console.log(
    `  ${name.padEnd(30)} nDCG MRR R@10 first ${numbers}   p50 ${p50.toFixed(2)} p95 ${p95.toFixed(2)} ms   ${(size / 1e6).toFixed(2)} MB`,
  );
}

/** What the first query of a process costs beyond reading the file. */
function cold({ root, artifact }) {
  const runs = Array.from({ length: 9 }, () => {
    const args = [join(root, "tools/bench/search-cold.mjs"), join(artifact, "index/search.bin")];
    return JSON.parse(spawnSync(process.execPath, args, { encoding: "utf8" }).stdout);
  });
  const of = (name) =>
    `${median(runs.map((run) => run[name])).toFixed(2)} ms (min ${Math.min(...runs.map((run) => run[name])).toFixed(2)})`;
  console.log(
    `  new process: load the code ${of("load")}, read ${of("read")}, open ${of("open")}, first query ${of("first")}`,
  );
}
