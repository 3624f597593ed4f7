// The main job on the embedded content, as an agent would do it: a search, the best section, a whole document.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const chub = join(root, "packages/cli/dist/chub.cjs");
const question = "verify a webhook signature";

show(["search", question, "--limit", "3"]);
const found = JSON.parse(run(["search", question, "--limit", "1", "--json"]));
const best = found.results[0];
const section = best?.sections?.[0];
if (section === undefined) throw new Error("The search found no section");
show(["get", section.address, ...(section.language === null ? [] : ["--lang", section.language])]);
show([
  "get",
  best.address ?? best.id,
  "--outline",
  ...(section.language === null ? [] : ["--lang", section.language]),
]);

console.log(`
Next:
  node packages/cli/dist/chub.cjs search "your question"     the same as \`chub search\` once installed
  node packages/cli/dist/chub.cjs get ${best.id} --max-tokens 1500
  node packages/mcp/dist/chub-mcp.cjs                        the MCP server, over stdio
  npx pnpm@12.21.0 lint:docs                                 check content/ as an author
  npx pnpm@12.21.0 test                                      run every test
`);

function show(args) {
  console.log(
    `\n$ chub ${args.map((argument) => (/^[\w./@#:-]+$/.test(argument) ? argument : JSON.stringify(argument))).join(" ")}`,
  );
  process.stdout.write(run(args));
}

function run(args) {
  const result = spawnSync(process.execPath, [chub, ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout}${result.stderr}`);
    process.exit(result.status ?? 1);
  }
  return result.stdout;
}
