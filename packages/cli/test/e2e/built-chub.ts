import { spawn, spawnSync } from "node:child_process";
import type { SpawnSyncReturns } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleBin } from "../../../../tools/build/bundle-bin.mjs";

const PACKAGE = fileURLToPath(new URL("../../", import.meta.url));

export interface BuiltChub {
  /** Path of the bundle. */
  readonly bin: string;
  remove(): void;
}

/**
 * The bundle as the package's build makes it, in a folder of its own inside the package: test files run side by
 * side, and the bundle finds its neighbours from where it stands.
 */
export async function buildChub(): Promise<BuiltChub> {
  const folder = mkdtempSync(join(PACKAGE, "dist-test-"));
  const bin = join(folder, "chub.cjs");
  await bundleBin({
    entry: "src/main.ts",
    outfile: bin,
    cwd: PACKAGE,
    codeCaches: ["open-reader", "config-validator", "search", "searching", "get"],
  });
  return { bin, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Runs a program of Node with a clean environment. */
export function runNode(
  bin: string,
  argv: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): SpawnSyncReturns<string> {
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: options.cwd,
    USERPROFILE: options.cwd,
    ...options.env,
  };
  return spawnSync(process.execPath, [bin, ...argv], { cwd: options.cwd, env, encoding: "utf8" });
}

/** The same without blocking this process, for programs that talk to it. */
export function startNode(
  bin: string,
  argv: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const env = { PATH: process.env["PATH"] ?? "", HOME: options.cwd, ...options.env };
  const child = spawn(process.execPath, [bin, ...argv], { cwd: options.cwd, env });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve) => {
    child.once("close", (status) => resolve({ status, stdout, stderr }));
  });
}
