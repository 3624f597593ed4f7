import { discover } from "../../src/1-discover/discover.ts";
import { compileInWorkers } from "../../src/workers/compile-in-workers.ts";

/** `run.cjs <content> <engine module>`: which files were made, and why the others were not. */
async function main([contentRoot = "", module = ""]: readonly string[]): Promise<void> {
  const { files } = discover(contentRoot, {});
  const made = await compileInWorkers(
    files.map((source) => ({ source, passes: ["lint"] })),
    {
      engine: { module },
      config: null,
      today: null,
      countsTokens: false,
      paths: files.map(({ path }) => path),
      listed: [],
      jobs: 2,
      patienceMs: 8000,
    },
  );
  const outcome = files.map(({ path }) => [path, made.get(path)?.failed ?? "made"]);
  console.log(JSON.stringify(Object.fromEntries(outcome)));
}

void main(process.argv.slice(2));
