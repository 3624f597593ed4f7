// Bundles `chubc` and its worker thread into CommonJS files, and puts in the versions of the compiler's parts.
// `node bundle-chubc.mjs [outfile]`
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleBin } from "../../tools/build/bundle-bin.mjs";
import { partVersions } from "./part-versions.mjs";

/** With native code, or found by path when they run. */
const EXTERNAL = ["oxc-parser", "satteri", "tinypool"];
const root = dirname(fileURLToPath(import.meta.url));

/** Writes the bundle; gives the files in it. */
export async function bundleChubc(outfile) {
  const versions = await partVersions(root, [...EXTERNAL, "yaml", "@vscode/tree-sitter-wasm"]);
  return bundleBin({
    cwd: root,
    entry: "src/bin/chubc.ts",
    outfile,
    external: EXTERNAL,
    beside: {
      "src/workers/worker.ts": "worker.cjs",
      "src/prove/checker-process.ts": "checker-process.cjs",
    },
    define: { CHUBC_PART_VERSIONS: JSON.stringify(versions) },
  });
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  await bundleChubc(process.argv[2] ?? join(root, "dist/chubc.cjs"));
