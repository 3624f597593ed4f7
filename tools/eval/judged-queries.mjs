// Reads judged queries: a folder of .jsonl files, one .jsonl file, or a .json list of { q, rel } (a query, its right ids).
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** @returns {import("./measures.mjs").JudgedQuery[]} in the order of file names and lines */
export function readQueries(path) {
  if (statSync(path).isDirectory()) {
    const files = readdirSync(path).filter((name) => name.endsWith(".jsonl"));
    return files.sort().flatMap((name) => readQueries(join(path, name)));
  }
  const text = readFileSync(path, "utf8");
  if (path.endsWith(".json")) return JSON.parse(text).map(fromPair);
  return text
    .split("\n")
    .flatMap((line, index) => (line.trim() === "" ? [] : [fromLine(line, `${path}:${index + 1}`)]));
}

function fromPair({ q, rel }) {
  return { query: q, relevant: rel.map((id) => ({ id, grade: 3 })), kind: "typo" };
}

function fromLine(line, place) {
  const query = JSON.parse(line);
  const complete =
    typeof query.query === "string" && typeof query.kind === "string" && query.relevant?.length > 0;
  if (!complete)
    throw new Error(
      `${place}: expected "query", "kind" and "relevant" with at least one { id, grade }`,
    );
  return query;
}
