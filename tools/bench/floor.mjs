// What no compiler can do without: `floor.mjs <content>` walks, reads and hashes; with `<output> write` it also parses
// every Markdown file and writes the tree twice, as an artifact with its structured documents is about twice the tree.
import { hash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [content, output, mode] = process.argv.slice(2);
const compiler = join(
  dirname(fileURLToPath(import.meta.url)),
  "../../packages/compiler/package.json",
);
const parse =
  mode === "write" ? createRequire(compiler)("satteri").markdownToMdast : () => undefined;
const made = new Set();
walk("");

function walk(folder) {
  for (const item of readdirSync(join(content, folder), { withFileTypes: true })) {
    const path = join(folder, item.name);
    if (item.isDirectory()) walk(path);
    else if (item.isFile()) visit(path);
  }
}

function visit(path) {
  const bytes = readFileSync(join(content, path));
  hash("sha256", bytes, "hex");
  if (mode !== "write") return;
  if (path.endsWith(".md"))
    parse(bytes.toString("utf8"), { features: { gfm: true, frontmatter: true } });
  for (const copy of ["content", "ast"]) write(join(output, copy, path), bytes);
}

function write(path, bytes) {
  const folder = dirname(path);
  if (!made.has(folder)) mkdirSync(folder, { recursive: true });
  made.add(folder);
  writeFileSync(path, bytes);
}
