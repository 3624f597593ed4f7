// Every check that is not a test, one after another; all run, the first failure decides the exit code.
// `pnpm check` for a person, `pnpm check --ci` prints the output of each check.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const bin = (name) => join(root, "node_modules/.bin", name);
const node = (...args) => [process.execPath, args];

const CHECKS = [
  ["types", bin("tsc"), ["-p", "tsconfig.json"]],
  ["lint", bin("oxlint"), ["--deny-warnings"]],
  ["format", bin("oxfmt"), ["--check", "."]],
  ["generated files", ...node("tools/generate/generate.mjs", "--check")],
  ["dead code", bin("knip"), []],
  ["packages", ...node("tools/check-packages.mjs")],
  ["documents", ...node("packages/compiler/dist/chubc.cjs", "lint", "content")],
  ["search quality", ...node("tools/eval/eval.mjs")],
  // Asks the npm registry for what it has not seen; packages and verdicts are kept in ~/.chub/proof.
  [
    "code of documents",
    ...node("packages/compiler/dist/chubc.cjs", "verify", "content", "--check"),
  ],
];

const only = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const failures = [];
for (const [name, command, args] of CHECKS) {
  if (only.length > 0 && !only.includes(name)) continue;
  const started = Date.now();
  const result = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  const ok = result.error === undefined && result.status === 0;
  console.log(`${ok ? "ok  " : "FAIL"} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (ok) continue;
  failures.push(name);
  console.log(`${result.stdout ?? ""}${result.stderr ?? ""}${result.error?.message ?? ""}`);
}
if (failures.length > 0) {
  console.log(`Failed: ${failures.join(", ")}. Run one alone with \`pnpm check "<name>"\`.`);
  process.exit(1);
}
