// Makes a fresh clone ready: installs the dependencies, builds every package, compiles content/.
// Quiet on success: the output of a step is shown when the step fails, or with --verbose.
import { spawnSync } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const verbose = process.argv.includes("--verbose") || process.env.CI === "true";
// pnpm names itself in npm_execpath; turbo looks for it on the PATH.
const pnpm = process.env.npm_execpath ?? "pnpm";
const env = {
  ...process.env,
  PATH: `${dirname(pnpm)}${delimiter}${process.env.PATH ?? ""}`,
  DO_NOT_TRACK: "1",
  TURBO_TELEMETRY_DISABLED: "1",
};

step("Installing dependencies", pnpm, ["install", "--frozen-lockfile"]);
step("Building packages and content", process.execPath, [
  join(root, "node_modules/turbo/bin/turbo"),
  "run",
  "build",
]);

function step(title, command, args) {
  process.stdout.write(`${title} ... `);
  const started = Date.now();
  const result = spawnSync(command, args, {
    cwd: root,
    env,
    encoding: "utf8",
    stdio: verbose ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
  });
  if (result.error !== undefined || result.status !== 0) {
    process.stdout.write("failed\n");
    process.stderr.write(
      `${result.stdout ?? ""}${result.stderr ?? ""}${result.error === undefined ? "" : `${result.error.message}\n`}`,
    );
    process.stderr.write(
      `\n${title} failed. Expected Node >= 20.19 (this is ${process.version}) and a reachable npm registry.\n`,
    );
    process.exit(1);
  }
  process.stdout.write(
    `${verbose ? `${title}: ` : ""}done in ${((Date.now() - started) / 1000).toFixed(1)} s\n`,
  );
}
