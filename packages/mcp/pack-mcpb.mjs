// Packs the built server and its documents as an .mcpb bundle, which desktop clients install by a click.
// The same bytes for the same build. `node pack-mcpb.mjs [outfile]`, after `pnpm build`.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { zipSync } from "fflate";

const here = fileURLToPath(new URL(".", import.meta.url));
const content = join(here, "../npm-content");
const own = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
const server = JSON.parse(readFileSync(join(here, "server.json"), "utf8"));

const manifest = {
  manifest_version: "0.3",
  name: "chub",
  display_name: server.title,
  version: own.version,
  description: server.description,
  author: { name: "The chub authors", url: server.repository.url },
  repository: { type: "git", url: own.repository.url },
  license: own.license,
  keywords: own.keywords,
  server: {
    type: "node",
    entry_point: "server/chub-mcp.cjs",
    mcp_config: { command: "node", args: ["${__dirname}/server/chub-mcp.cjs"], env: {} },
  },
  tools: listedTools(join(here, "dist/chub-mcp.cjs")),
  compatibility: { platforms: ["darwin", "win32", "linux"], runtimes: { node: own.engines.node } },
};

const files = {
  "manifest.json": Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
  LICENSE: readFileSync(join(here, "../../LICENSE")),
  ...filesIn(join(here, "dist"), "server"),
  // Where the server looks for it: a package beside the program.
  ...filesIn(join(content, "dist"), "server/node_modules/@chub/content/dist"),
  "server/node_modules/@chub/content/package.json": readFileSync(join(content, "package.json")),
};
const outfile = process.argv[2] ?? join(here, `dist-mcpb/chub-${own.version}.mcpb`);
mkdirSync(dirname(outfile), { recursive: true });
writeFileSync(outfile, zipSync(files, { level: 9, mtime: earliest(), os: 3, attrs: 0o644 << 16 }));
console.log(outfile);

/** Names and descriptions as the server itself lists them. */
function listedTools(bin) {
  const messages = [
    {
      id: 0,
      method: "initialize",
      params: {
        protocolVersion: "2025-11-25",
        capabilities: {},
        clientInfo: { name: "pack", version: "1" },
      },
    },
    { method: "notifications/initialized" },
    { id: 1, method: "tools/list" },
  ];
  const input = messages
    .map((message) => JSON.stringify({ jsonrpc: "2.0", ...message }))
    .join("\n");
  const { stdout } = spawnSync(process.execPath, [bin], { input: `${input}\n`, encoding: "utf8" });
  const answers = stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const { result } = answers.find(({ id }) => id === 1);
  return result.tools.map(({ name, description }) => ({ name, description }));
}

/** Files below a folder by their path in the bundle, in order of code units. */
function filesIn(folder, prefix) {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
  return Object.fromEntries(
    paths.map((path) => [`${prefix}/${path}`, readFileSync(join(folder, path))]),
  );
}

/** The oldest time that a ZIP archive can hold; it holds local times, so that this one is the same everywhere. */
function earliest() {
  return new Date(1980, 0, 1);
}
