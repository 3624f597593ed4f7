// Bundles a command into CommonJS files, which start faster than a tree of modules:
// `node bundle-bin.mjs src/main.ts dist/chub.cjs [part,part]`, run in the package. What is behind a dynamic import() becomes a
// file of its own beside it, so that a start parses only what it runs. The licences of what is inside go next to them.
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { codeCacheName, codeCacheOf, LOADER } from "./code-cache.mjs";

// The compiler is loaded only by the commands that need it, the content is data: both are found when the bin runs.
const EXTERNAL = ["@chub/compiler", "@chub/content"];
/** What import() of is as good as require(): files of ours, modules of Node, packages that stay outside. */
const requirable = (packages) =>
  new RegExp(`\\bimport\\(("(?:\\./[^"]+\\.cjs|node:[^"]+${alternatives(packages)})")\\)`, "g");
/** Imports of CommonJS packages and of Node's larger modules; esbuild reads them by property only. */
const eager = (packages) =>
  new RegExp(
    `\\b(import_\\w+)=(__toESM\\(require_\\w+\\(\\)(?:,1)?\\)|(?:__toESM\\()?require\\("(?:\\./[^"]+\\.cjs|node:(?:crypto|zlib|http|https|url|os|util|module)${alternatives(packages)})"\\)(?:,1\\)|\\))?)`,
    "g",
  );
const alternatives = (packages) => packages.map((name) => `|${name}`).join("");
const POSTPONED =
  "const postponed=load=>{let loaded;return new Proxy({},{get:(_,key)=>(loaded??=load())[key]})};";
// As import() gives it: the exports of a module that was CommonJS to begin with are its default too.
const ON_DEMAND =
  "const onDemand=async load=>{const loaded=load();return loaded.__esModule?loaded:Object.create(loaded,{default:{value:loaded}})};";
// Static imports that only some runs reach: a version range, a remote source, a lock, a directory of Context Hub.
const SELDOM_USED =
  /^semver(\/|$)|\/(npm-source|url-source|npmrc|lock|lock-file|frozen-catalog|derived-files|encode-catalog|context-hub-registry)\.ts$/;
/** A file of the bundle that is loaded. */
const BESIDE = /\brequire\("\.\/([^"]+\.cjs)"\)/g;
const RESOLVING = Symbol("resolving");
const MODULE_URL = `const moduleUrl=require("node:url").pathToFileURL(__filename).href;`;

/**
 * Writes the bundle, executable and with a shebang, the files it loads on demand and `<outfile>.LICENSES.txt`.
 *
 * Gives, for every file written, the sources inside and the files it loads on demand. `cwd` is the folder of the
 * package; with `write: false` nothing is written. `alias` puts other modules in the place of those named, `define`
 * values in the place of names. `external` packages are not put in, but required when they are used. `beside` names
 * sources that become files beside the bin although nothing imports them, such as a worker. `codeCaches` names the
 * sources, without folder and extension, whose files are loaded so often that V8's code cache is put beside them.
 */
export async function bundleBin({
  entry,
  outfile,
  cwd = process.cwd(),
  write = true,
  alias = {},
  define = {},
  external = [],
  beside = {},
  codeCaches = [],
}) {
  const name = basename(outfile, ".cjs");
  const folder = dirname(resolve(cwd, outfile));
  const names = new Map([[resolve(cwd, entry), `${name}.cjs`]]);
  for (const [source, file] of Object.entries(beside)) names.set(resolve(cwd, source), file);
  const files = [];
  // Grows while it is walked: a bundle names the files it loads on demand.
  const waiting = [...names];
  for (const [source, file] of waiting) {
    const loads = new Set();
    const onDemand = (path) => {
      if (!names.has(path))
        names.set(path, freeName(`${name}-${nameOf(path)}`, new Set(names.values())));
      loads.add(names.get(path));
      return `./${names.get(path)}`;
    };
    const { metafile, outputFiles } = await build(
      options({ source, cwd, alias, define, external, onDemand }),
    );
    const inputs = Object.values(metafile.outputs)[0].inputs;
    const { text } = outputFiles[0];
    // What was only reached from code that fell away is not loaded after all.
    const loaded = [...names].filter(([, name]) => loads.has(name) && text.includes(`"./${name}"`));
    for (const found of loaded)
      if (!waiting.some(([path]) => path === found[0])) waiting.push(found);
    files.push({
      file,
      inputs: inputsOf(inputs),
      loads: loaded.map(([, name]) => name).sort((a, b) => (a < b ? -1 : 1)),
      text,
    });
  }
  if (write) writeFiles(folder, files, { cwd, external, codeCaches });
  return files.map(({ file, inputs, loads }) => ({ file, inputs, loads }));
}

function options({ source, cwd, alias, define, external, onDemand }) {
  return {
    entryPoints: [source],
    absWorkingDir: cwd,
    write: false,
    bundle: true,
    metafile: true,
    platform: "node",
    mainFields: ["module", "main"],
    target: "node20.19",
    format: "cjs",
    conditions: ["@chub/source"],
    external: [...EXTERNAL, ...external],
    alias,
    // Names stay, so that a stack trace in a bug report can be read.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    define: { "import.meta.url": "moduleUrl", ...define },
    logLevel: "warning",
    outdir: "dist",
    plugins: [splitOnDemand(onDemand)],
  };
}

/** Makes a file of its own of what is behind a dynamic import(), and of what few runs use. */
function splitOnDemand(onDemand) {
  return {
    name: "split-on-demand",
    setup(plugin) {
      plugin.onResolve({ filter: /.*/ }, async (request) => {
        const { path, kind, resolveDir, importer, pluginData } = request;
        const isSplit =
          kind === "dynamic-import" || (kind === "import-statement" && SELDOM_USED.test(path));
        if (!isSplit || pluginData === RESOLVING) return undefined;
        const found = { kind, resolveDir, importer, pluginData: RESOLVING };
        const target = await plugin.resolve(path, found);
        if (target.external || target.errors.length > 0) return undefined;
        return { path: onDemand(target.path), external: true, sideEffects: false };
      });
    },
  };
}

function nameOf(path) {
  const inPackage = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(path)?.[1];
  return (inPackage ?? basename(path).replace(/\.\w+$/, "")).replace(/[^a-z0-9-]/gi, "");
}

function freeName(wanted, taken) {
  let name = `${wanted}.cjs`;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}-${count}.cjs`;
  return name;
}

/** Sources whose code is in a file, with their bytes. */
function inputsOf(inputs) {
  const used = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return Object.fromEntries(used.map(([path, { bytesInOutput }]) => [path, bytesInOutput]));
}

function writeFiles(folder, files, { cwd, external, codeCaches }) {
  mkdirSync(folder, { recursive: true });
  const name = basename(files[0].file, ".cjs");
  const cached = codeCaches.map((part) => `${name}-${part}.cjs`);
  for (const [index, { file, text }] of files.entries()) {
    const path = join(folder, file);
    const code = commonJs(text, external);
    const own = cached.length === 0 ? code : code.replace(BESIDE, 'beside("./$1")');
    const loader = cached.length === 0 ? "" : `${LOADER}\n`;
    writeFileSync(path, index === 0 ? `#!/usr/bin/env node\n${loader}${own}` : own);
    if (index === 0) chmodSync(path, 0o755);
    if (cached.includes(file))
      writeFileSync(join(folder, codeCacheName(file)), codeCacheOf(own, path));
  }
  const inputs = files.flatMap((file) => Object.keys(file.inputs));
  writeFileSync(join(folder, `${files[0].file}.LICENSES.txt`), licencesOf(inputs, cwd));
}

/** What esbuild made, so that it starts fast: nothing is loaded before it is used. */
function commonJs(text, external) {
  // import() of a file of ours or of a module of Node would start the loader of ES modules for nothing.
  const required = text.replace(requirable(external), "onDemand(()=>require($1))");
  const helper = required === text ? "" : `${ON_DEMAND}\n`;
  const postponed = required.replace(eager(external), "$1=postponed(()=>$2)");
  const url = /\bmoduleUrl\b/.test(text) ? `${MODULE_URL}\n` : "";
  return `${url}${helper}${postponed === required ? "" : `${POSTPONED}\n`}${postponed}`;
}

/** Licence texts of every third-party package whose code is in the bundle, sorted by name. */
function licencesOf(inputs, cwd) {
  const folders = new Set(
    inputs.map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]).filter(Boolean),
  );
  const texts = [...folders].map((folder) => {
    const root = resolve(cwd, folder);
    const { name, version, license } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const file = readdirSync(root).find((path) => /^licen[cs]e/i.test(path));
    const text = file ? readFileSync(join(root, file), "utf8").trim() : `Licence: ${license}`;
    return `${name} ${version}\n\n${text}\n`;
  });
  return texts.sort().join(`\n${"-".repeat(80)}\n\n`);
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [entry, outfile, parts] = process.argv.slice(2);
  if (entry === undefined || outfile === undefined) {
    console.error("usage: node bundle-bin.mjs <entry.ts> <out.cjs> [part,part]");
    process.exit(2);
  }
  await bundleBin({ entry, outfile, codeCaches: parts?.split(",") ?? [] });
}
