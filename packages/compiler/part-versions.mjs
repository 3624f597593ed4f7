// Versions of the compiler's parts for its cache: digests of their code with everything it imports, so that a result is
// never taken from a program that would have made another. Comments and formatting change nothing.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { build } from "esbuild";

const RULES = "src/4-lint/rules";
/** Parts by the module that stands for them, so that a miss can say what has changed. */
const PARTS = {
  parser: "src/2-parse/parse-file.ts",
  schema: "src/3-validate/validate-file.ts",
  "token counter": "src/5-extract/tokens/token-counter.ts",
  "syntax checks": "src/grammars/load-syntax-checker.ts",
};
const PASSES = {
  lint: {
    parts: ["parser", "schema", "token counter", "syntax checks"],
    entry: "src/lint-content.ts",
  },
  structure: { parts: ["parser", "token counter", "syntax checks"], entry: "src/compile-file.ts" },
};

/** The versions, for `CHUBC_PART_VERSIONS`. `external` packages count with their version. */
export async function partVersions(root, external) {
  const rules = readdirSync(join(root, RULES))
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => join(RULES, name));
  const whole = await digests(root, {
    external,
    entries: ["src/bin/chubc.ts", "src/workers/worker.ts"],
  });
  const parts = await digests(root, { external, entries: [...Object.values(PARTS), ...rules] });
  const frames = await digests(root, {
    external,
    entries: Object.values(PASSES).map(({ entry }) => entry),
    without: /\/rules\.ts$/,
  });
  const packages = external.map((name) => `${name} ${versionOf(root, name)}`).join(", ");
  const passes = Object.entries(PASSES).map(([pass, { parts: names, entry }]) => [
    pass,
    {
      ...Object.fromEntries(names.map((name) => [name, parts.get(PARTS[name])])),
      ...(pass === "lint" &&
        Object.fromEntries(rules.map((rule) => [ruleName(rule), parts.get(rule)]))),
      packages,
      compiler: frames.get(entry),
    },
  ]);
  return {
    program: short([...whole.values(), ...parts.values(), packages].join()),
    passes: Object.fromEntries(passes),
  };
}

/** `rule code/fence-language` of `code-fence-language.ts`. */
function ruleName(path) {
  return `rule ${basename(path, ".ts").replace("-", "/")}`;
}

/** Digest of the code of each entry with its imports, by path of the entry. */
async function digests(root, { entries, external, without }) {
  const { outputFiles, metafile } = await build({
    entryPoints: entries,
    absWorkingDir: root,
    outdir: "out",
    write: false,
    metafile: true,
    bundle: true,
    minify: true,
    platform: "node",
    mainFields: ["module", "main"],
    target: "node20.19",
    format: "esm",
    conditions: ["@chub/source"],
    // The vocabulary is one of a version, and large.
    external: [...external, "gpt-tokenizer/*"],
    legalComments: "none",
    logLevel: "error",
    plugins: without === undefined ? [] : [leftOut(without)],
  });
  const entryOf = new Map(
    Object.entries(metafile.outputs).map(([path, { entryPoint }]) => [
      join(root, path),
      entryPoint,
    ]),
  );
  return new Map(outputFiles.map(({ path, text }) => [entryOf.get(path), short(text)]));
}

function leftOut(filter) {
  return {
    name: "left-out",
    setup(plugin) {
      plugin.onResolve({ filter }, ({ path }) => ({ path, external: true }));
    },
  };
}

function versionOf(root, name) {
  const require = createRequire(join(root, "package.json"));
  const paths = require.resolve.paths(name) ?? [];
  for (const path of paths) {
    try {
      return JSON.parse(readFileSync(join(path, name, "package.json"), "utf8")).version;
    } catch {
      // Not there: Node looks in the next folder too.
    }
  }
  throw new Error(`${name} is not installed`);
}

function short(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
