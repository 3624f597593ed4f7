import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

/** `chubc` as it is in the sources, as one program that Node runs. */
export interface BundledChubc {
  /** Path of the script. */
  readonly script: string;
  remove(): void;
}

/** Bundles the command; Node 20 does not run TypeScript, and what is in dist may be older than the sources. */
export async function bundleChubc(): Promise<BundledChubc> {
  const packageRoot = join(import.meta.dirname, "..");
  const cache = join(packageRoot, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "chubc-"));
  // The command reads its version two folders up, as from src/bin and dist/bin.
  cpSync(join(packageRoot, "package.json"), join(folder, "package.json"));
  const { dependencies } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as {
    dependencies: object;
  };
  await build({
    entryPoints: {
      "bin/chubc": join(packageRoot, "src/bin/chubc.ts"),
      "workers/worker": join(packageRoot, "src/workers/worker.ts"),
      "workers/checker-process": join(packageRoot, "src/prove/checker-process.ts"),
    },
    outdir: join(folder, "dist"),
    bundle: true,
    splitting: true,
    // Shared code stands beside the worker, which is found from there.
    chunkNames: "workers/[name]-[hash]",
    format: "esm",
    platform: "node",
    target: "node20.19",
    conditions: ["@chub/source"],
    alias: { "@chub/registry": join(packageRoot, "../registry/src/index.ts") },
    external: Object.keys(dependencies).filter((name) => name !== "@chub/registry"),
    logLevel: "error",
  });
  return {
    script: join(folder, "dist/bin/chubc.js"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
