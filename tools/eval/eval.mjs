// Measures the search with judged queries, through the compiled artifact and the same catalog that chub asks.
// After it the verdicts of `chubc verify` on labelled blocks, see verify.mjs; `pnpm eval verify` measures only those.
// Usage: pnpm eval [verify] [--store <folder>] [--queries <file or folder>] [--artifact <folder>] [--lang] [--misses] [--json] [--update-baseline]
// Without --queries and --artifact: the queries of this folder over content/, compared with baseline.json; exit code 1
// when a measure is below it, or a query names an entry that does not exist.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { directorySource, openCatalog } from "../../packages/registry/dist/index.js";
import { readQueries } from "./judged-queries.mjs";
import { qualityByKind, right } from "./measures.mjs";
import { evaluateVerify } from "./verify.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const baselinePath = join(here, "baseline.json");
const SLACK = 0.005; // a change of the content moves a measure a little without the search being worse

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    queries: { type: "string" },
    artifact: { type: "string" },
    lang: { type: "boolean", default: false },
    misses: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    store: { type: "string" },
    "update-baseline": { type: "boolean", default: false },
  },
});
const ownSet = options.queries === undefined && options.artifact === undefined;

if (positionals[0] === "verify") process.exit(evaluateVerify(options));

const queries = readQueries(resolve(options.queries ?? join(here, "queries")));
const scratch = mkdtempSync(join(tmpdir(), "chub-eval-"));
try {
  process.exitCode = await evaluate(options.artifact ?? compileContent(scratch));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
if (ownSet && !options.json) process.exitCode = Math.max(process.exitCode, evaluateVerify(options));

async function evaluate(artifact) {
  const source = directorySource({ name: "judged", kind: "path", directory: resolve(artifact) });
  const catalog = await openCatalog({ sources: [{ source, tier: "official" }] });
  const unknown = await unknownIds(catalog);
  const answers = [];
  for (const query of queries) answers.push(await answer(catalog, query));
  await catalog.close();
  const rows = qualityByKind(answers);
  if (options.json)
    console.log(
      JSON.stringify({ queries: queries.length, unknown, quality: Object.fromEntries(rows) }),
    );
  else report(rows, unknown, answers);
  const measured = rows.at(-1)[1];
  if (options["update-baseline"])
    writeFileSync(baselinePath, `${JSON.stringify(measured, null, 2)}\n`);
  if (!ownSet) return 0;
  return unknown.length > 0 || belowBaseline(measured) ? 1 : 0;
}

function compileContent(folder) {
  const output = join(folder, "artifact");
  const chubc = join(root, "packages/compiler/dist/chubc.cjs");
  const built = spawnSync(process.execPath, [chubc, "build", join(root, "content"), "-o", output], {
    encoding: "utf8",
  });
  if (built.status !== 0)
    throw new Error(`content/ does not compile:\n${built.stdout}${built.stderr}`);
  return output;
}

async function unknownIds(catalog) {
  const known = new Set();
  for (let offset = 0; ; offset = known.size) {
    const { total, entries } = await catalog.list({ limit: 1000, offset });
    for (const { record } of entries) known.add(record.id);
    if (known.size >= total || entries.length === 0) break;
  }
  const named = new Set(queries.flatMap(({ relevant }) => relevant.map(({ id }) => id)));
  return [...named].filter((id) => !known.has(id)).sort();
}

async function answer(catalog, query) {
  const language = options.lang && query.lang !== undefined ? { language: query.lang } : {};
  const { hits } = await catalog.search({ query: query.query, limit: 10, ...language });
  const sections =
    query.heading === undefined ? null : await headingsOfRight(catalog, query, language);
  return { query, ids: hits.map(({ record }) => record.id), sections };
}

/** Headings of the sections that the search shows for each right entry, wherever it ranks. */
async function headingsOfRight(catalog, query, language) {
  const found = [];
  for (const id of right(query)) {
    const { hits } = await catalog.search({
      query: query.query,
      author: id.split("/")[0],
      limit: 1000,
      ...language,
    });
    const hit = hits.find(({ record }) => record.id === id);
    if (hit !== undefined) found.push(hit.sections.map(({ path }) => path.at(-1) ?? ""));
  }
  return found;
}

function report(rows, unknown, answers) {
  const cell = (value) => (value === null ? "-" : value.toFixed(3)).padStart(9);
  console.log(
    `${"kind".padEnd(8)}${["queries", "nDCG@10", "MRR@10", "R@10", "first", "section"].map((name) => name.padStart(9)).join("")}`,
  );
  for (const [kind, { queries: count, ndcg, mrr, recall, first, sections }] of rows) {
    console.log(
      `${kind.padEnd(8)}${String(count).padStart(9)}${[ndcg, mrr, recall, first, sections].map(cell).join("")}`,
    );
  }
  if (unknown.length > 0) console.log(`Ids that do not exist: ${unknown.join(", ")}`);
  if (!options.misses) return;
  for (const { query, ids } of answers) {
    if (right(query).has(ids[0])) continue;
    console.log(
      `${query.kind}: ${query.query}\n  wanted ${[...right(query)].join(", ")}\n  got    ${ids.slice(0, 5).join(", ")}`,
    );
  }
}

function belowBaseline(measured) {
  const baseline = JSON.parse(readFileSync(baselinePath, "utf8"));
  const lower = ["ndcg", "mrr", "recall", "sections"].filter(
    (name) => measured[name] < baseline[name] - SLACK,
  );
  for (const name of lower)
    console.log(
      `${name} is ${measured[name].toFixed(3)}, below the baseline ${baseline[name].toFixed(3)}`,
    );
  return lower.length > 0;
}
