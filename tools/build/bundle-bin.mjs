// Bundles a command into one CommonJS file, which starts faster than a tree of modules:
// `node bundle-bin.mjs src/main.ts dist/chub.cjs`, run in the package. Next to it: the licences of what is inside.
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [entry, outfile] = process.argv.slice(2);
  if (entry === undefined || outfile === undefined) {
    console.error("usage: node bundle-bin.mjs <entry.ts> <out.cjs>");
    process.exit(2);
  }
  await bundleBin({ entry, outfile });
}

/**
 * Writes the bundle, executable and with a shebang, and `<outfile>.LICENSES.txt`; gives esbuild's metafile.
 *
 * `cwd` is the folder of the package; `write: false` only gives the metafile.
 */
export async function bundleBin({ entry, outfile, cwd = process.cwd(), write = true }) {
  const { metafile } = await build({
    entryPoints: [entry],
    outfile,
    absWorkingDir: cwd,
    write,
    bundle: true,
    metafile: true,
    platform: "node",
    target: "node20.19",
    format: "cjs",
    conditions: ["@chub/source"],
    external: EXTERNAL,
    // Names stay, so that a stack trace in a bug report can be read.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    banner: { js: `#!/usr/bin/env node\n${MODULE_URL}` },
    define: { "import.meta.url": "moduleUrl" },
    logLevel: "warning",
  });
  if (write) {
    const path = resolve(cwd, outfile);
    chmodSync(path, 0o755);
    writeFileSync(`${path}.LICENSES.txt`, licencesOf(metafile, cwd));
  }
  return metafile;
}

/** Licence texts of every third-party package whose code is in the bundle, sorted by name. */
function licencesOf(metafile, cwd) {
  const inside = Object.entries(metafile.outputs).flatMap(([, output]) =>
    Object.entries(output.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0),
  );
  const folders = new Set(inside.map(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]).filter(Boolean));
  const texts = [...folders].map((folder) => {
    const root = resolve(cwd, folder);
    const { name, version, license } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const file = existsSync(root) && readdirSync(root).find((path) => /^licen[cs]e/i.test(path));
    const text = file ? readFileSync(join(root, file), "utf8").trim() : `Licence: ${license}`;
    return `${name} ${version}\n\n${text}\n`;
  });
  return texts.sort().join(`\n${"-".repeat(80)}\n\n`);
}

// The compiler is loaded only by the commands that need it, the content is data: both are found when the bin runs.
const EXTERNAL = ["@chub/compiler", "@chub/content"];
const MODULE_URL = `const moduleUrl=require("node:url").pathToFileURL(__filename).href;`;
