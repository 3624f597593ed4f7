// Prints what loading, reading, opening and the first query take in a new process. Usage: search-cold.mjs <search.bin>
import { readFileSync } from "node:fs";

const times = { started: performance.now() };
const { openSearchIndex } = await import("../../packages/registry/dist/search/search-index.js");
const { searchIndexes } = await import("../../packages/registry/dist/search/search-indexes.js");
times.loaded = performance.now();
const bytes = readFileSync(process.argv[2]);
times.read = performance.now();
const index = openSearchIndex(bytes);
times.opened = performance.now();
searchIndexes([{ source: "a", index }], "verify webhook signature in express", { limit: 10 });
times.answered = performance.now();
const { started, loaded, read, opened, answered } = times;
console.log(
  JSON.stringify({
    load: loaded - started,
    read: read - loaded,
    open: opened - read,
    first: answered - opened,
  }),
);
