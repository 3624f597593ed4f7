// Benchmarks beside the reference (@aisuite/chub) and bare Node, all in one run, as ratios.
// Usage: pnpm bench [build|lint|scale|cli|runtime|search|mcp ...]   CHUB_CORPUS=<folder> uses that content.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { benchContent } from "./corpus.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
const AREAS = ["build", "lint", "scale", "cli", "runtime", "search", "mcp"];

const unknown = wanted.filter((area) => !AREAS.includes(area));
if (unknown.length > 0 || process.argv.includes("--help")) {
  console.log(
    `Usage: pnpm bench [${AREAS.join("|")} ...]\n\nWithout an area all run but scale, which takes many minutes. CHUB_CORPUS=<folder> names the content to use.`,
  );
  process.exit(unknown.length > 0 ? 2 : 0);
}

const content = benchContent(root);
console.log(`Content: ${content.label}, ${content.documents} documents. Node ${process.version}.`);
for (const area of AREAS) {
  if (wanted.length > 0 ? !wanted.includes(area) : area === "scale") continue;
  const path = join(root, "tools/bench", `${area}.mjs`);
  if (!existsSync(path)) throw new Error(`${path} is missing`);
  const { run } = await import(`./${area}.mjs`);
  await run({ root, content: content.folder });
}
