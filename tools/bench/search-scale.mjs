// Search over a very large catalogue: sharded index on a real HTTP server beside the same index read whole.
// Usage: node tools/bench/search-scale.mjs --artifact <folder> [--documents 100000] [--queries <file>]
// The documents are those of the artifact and variants of them with other names and partly other words.
import { createHash } from "node:crypto";
import { createServer, request } from "node:http";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { tabulate } from "../../packages/registry/dist/search/build-search-index.js";
import { shardTabulated } from "../../packages/registry/dist/search/build-sharded-index.js";
import { encodeSearchIndex } from "../../packages/registry/dist/search/encode-search-index.js";
import { openSearchIndex } from "../../packages/registry/dist/search/search-index.js";
import { openShardedIndex } from "../../packages/registry/dist/search/sharded-index.js";
import { createStaticBackend } from "../../packages/registry/dist/search/static-backend.js";
import { readQueries } from "../eval/judged-queries.mjs";
import { quality } from "../eval/measures.mjs";
import { searchDocumentsOf } from "./search-documents.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const { values: options } = parseArgs({
  options: {
    artifact: { type: "string" },
    documents: { type: "string", default: "100000" },
    queries: { type: "string", default: join(root, "tools/eval/queries") },
  },
});
if (options.artifact === undefined)
  throw new Error("--artifact names the folder of a compiled artifact");

const originals = searchDocumentsOf(resolve(options.artifact));
const plan = planVariants(Number(options.documents));
const queries = readQueries(resolve(options.queries));
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
console.log(
  `${plan.length} documents, ${originals.length} of them real; ${queries.length} queries; Node ${process.version}`,
);

const table = timed("terms and sections of all documents", () => tabulate(documents()));
const { ids } = table;
const sharded = timed("sharded index written", () => shardTabulated(table, sha256));
describe(sharded);
const whole = timed("whole index written", () =>
  encodeSearchIndex({ ...table, lists: table.postings, documents: ids.length }),
);
console.log(
  `  ${megabytes(whole.length)} MB, ${(whole.length / ids.length).toFixed(0)} bytes a document`,
);
const wholeIndex = openSearchIndex(whole);
await measureLocal("whole index", wholeIndex);
await measureServed(sharded);

/** Ids in the order of the catalog, each with the document it is made from and the number of the variant. */
function planVariants(count) {
  const planned = [];
  for (let variant = 0; planned.length < count; variant++) {
    for (const original of originals.slice(0, count - planned.length)) {
      const [author, name] = original.id.split("/");
      planned.push({
        original,
        variant,
        id: variant === 0 ? original.id : `${author}-${variant}/${name}`,
      });
    }
  }
  return planned.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function* documents() {
  for (const { original, variant, id } of plan)
    yield variant === 0 ? original : variantOf(original, variant, id);
}

/** A document of its own: a third of its longer words, names and identifiers among them, are words of the variant. */
function variantOf(original, variant, id) {
  const suffix = variant.toString(26).replace(/[0-9]/g, (digit) => "qrstuvwxyz"[digit]);
  const turn = (text) =>
    text.replace(/[A-Za-z]{5,}/g, (word) => (changes(word, variant) ? `${word}${suffix}` : word));
  const section = (one) => ({
    ...one,
    heading: turn(one.heading),
    path: one.path.map(turn),
    text: turn(one.text),
    code: turn(one.code),
  });
  const files = original.files.map((file) => ({
    ...file,
    title: turn(file.title),
    installs: file.installs.map(turn),
    imports: file.imports.map(turn),
    sections: file.sections.map(section),
  }));
  return {
    ...original,
    id,
    description: turn(original.description),
    tags: original.tags.map(turn),
    files,
  };
}

function changes(word, variant) {
  let hash = variant;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return (hash >>> 8) % 3 === 0;
}

function timed(title, action) {
  const started = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  const value = action();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  console.log(
    `${title} in ${seconds.toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s CPU), peak memory ${megabytes(process.resourceUsage().maxRSS * 1024)} MB`,
  );
  return value;
}

function describe({ search, sections, objects }) {
  const sizes = [...objects.values()].map((bytes) => bytes.length).sort((a, b) => a - b);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  console.log(
    `  root ${search.length} bytes, ${sizes.length} objects of ${megabytes(total)} MB (median ${sizes[sizes.length >> 1]}, largest ${sizes.at(-1)} bytes), sections ${megabytes(sections.length)} MB`,
  );
}

async function measureLocal(title, index) {
  const backend = createStaticBackend([{ source: "a", index, openSections: async () => null }]);
  const times = [];
  for (let round = 0; round < 3; round++) {
    for (const { query } of queries) {
      const started = performance.now();
      await backend.search(query, { limit: 10 });
      if (round > 0) times.push(performance.now() - started);
    }
  }
  console.log(
    `${title}: p50 ${percentile(times, 0.5).toFixed(2)} ms, p95 ${percentile(times, 0.95).toFixed(2)} ms, ${await qualityOf(backend)}`,
  );
}

async function qualityOf(backend) {
  const answers = [];
  for (const query of queries) {
    const { hits } = await backend.search(query.query, { limit: 10 });
    answers.push({ query, ids: hits.map(({ ordinal }) => ids[ordinal]), sections: null });
  }
  const { ndcg, recall, first } = quality(answers);
  return `nDCG@10 ${ndcg.toFixed(4)}, recall@10 ${recall.toFixed(4)}, first place ${first.toFixed(4)}`;
}

/** Every query with nothing but the root, then all of them in one session that keeps what it read. */
async function measureServed({ search, objects }) {
  const server = await serve(objects);
  const cold = { bytes: [], objects: [], times: [] };
  const session = openBackend(server, search);
  const warmBytes = [];
  for (const { query } of queries) {
    const before = { ...server.sent };
    const started = performance.now();
    await openBackend(server, search).search(query, { limit: 10 });
    cold.times.push(performance.now() - started);
    cold.bytes.push(server.sent.bytes - before.bytes);
    cold.objects.push(server.sent.objects - before.objects);
    const middle = server.sent.bytes;
    await session.search(query, { limit: 10 });
    warmBytes.push(server.sent.bytes - middle);
  }
  const row = (values, unit) =>
    `p50 ${percentile(values, 0.5).toFixed(1)} ${unit}, p95 ${percentile(values, 0.95).toFixed(1)} ${unit}`;
  const kilo = (values) => values.map((value) => value / 1000);
  console.log(
    `sharded, only the root known: ${row(kilo(cold.bytes), "KB")} compressed; objects ${row(cold.objects, "")}; ${row(cold.times, "ms")} from loopback`,
  );
  console.log(`sharded, in a session: ${row(kilo(warmBytes), "KB")} compressed a query`);
  console.log(`sharded: ${await qualityOf(session)}`);
  server.close();
}

function openBackend(server, root) {
  const index = openShardedIndex(root, { read: (path) => fetchObject(server.port, path), sha256 });
  return createStaticBackend([{ source: "a", index, openSections: async () => null }]);
}

async function serve(objects) {
  const sent = { bytes: 0, objects: 0 };
  const compressed = new Map();
  const server = createServer((incoming, response) => {
    const path = incoming.url.slice(1);
    const bytes = objects.get(path);
    if (bytes === undefined) return void response.writeHead(404).end();
    if (!compressed.has(path))
      compressed.set(
        path,
        brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
      );
    const body = compressed.get(path);
    sent.bytes += body.length;
    sent.objects += 1;
    response.writeHead(200, { "content-encoding": "br", "content-length": body.length }).end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { sent, port: server.address().port, close: () => server.close() };
}

function fetchObject(port, path) {
  return new Promise((done, fail) => {
    request({ port, path: `/${path}`, agent: false }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () =>
        done(response.statusCode === 200 ? brotliDecompressSync(Buffer.concat(chunks)) : null),
      );
    })
      .on("error", fail)
      .end();
  });
}

function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1);
}
