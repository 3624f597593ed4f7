// Packs every published package and checks the tarballs: publint, are-the-types-wrong, and no workspace protocol left.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const pnpm = process.env.npm_execpath ?? "pnpm";
const folder = mkdtempSync(join(tmpdir(), "chub-pack-"));
let failed = false;

try {
  for (const name of readdirSync(join(root, "packages"))) check(name);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (failed) process.exit(1);

function check(name) {
  const cwd = join(root, "packages", name);
  const manifest = JSON.parse(readFileSync(join(cwd, "package.json"), "utf8"));
  if (manifest.private === true) return;
  const before = new Set(readdirSync(folder));
  run(name, pnpm, ["pack", "--pack-destination", folder], cwd);
  const tarball = readdirSync(folder).find((file) => !before.has(file));
  if (tarball === undefined) return fail(name, "pnpm pack wrote no tarball");
  const path = join(folder, tarball);
  run(name, join(root, "node_modules/.bin/publint"), ["--strict", path], root);
  // Bins without an API have no types to resolve.
  if (manifest.exports["."] !== undefined) {
    run(name, join(root, "node_modules/.bin/attw"), [path, "--profile", "esm-only"], root);
  }
  const packed = spawnSync("tar", ["-xOzf", path, "package/package.json"], {
    encoding: "utf8",
  }).stdout;
  if (/"(workspace|catalog):/.test(packed))
    fail(name, "workspace: or catalog: left in the packed package.json");
}

function run(name, command, args, cwd) {
  const result = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (result.error !== undefined || result.status !== 0)
    fail(name, `${command} ${args.join(" ")}\n${result.stdout}${result.stderr}`);
}

function fail(name, message) {
  failed = true;
  console.error(`${name}: ${message}`);
}
