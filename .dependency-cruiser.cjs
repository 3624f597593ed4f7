// The architecture, executable. Change it only together with ARCHITECTURE.md.
const packages = {
  registry: [],
  compiler: ["registry"],
  mcp: ["registry"],
  cli: ["registry", "compiler"],
};
const phases = [
  "1-discover",
  "2-parse",
  "3-validate",
  "4-lint",
  "5-extract",
  "6-verify",
  "7-index",
  "8-emit",
];
/** Folders and files that touch disk, network, clock or environment. */
const edges = {
  compiler: [
    "1-discover/",
    "8-emit/",
    "bin/",
    "workers/",
    "cache/",
    "grammars/",
    "prove/",
    "freshness/",
  ],
  registry: ["sources/", "config/", "project/", "annotations/", "cache/", "lock/"],
};
const src = (name, rest = "") => `^packages/${name}/src/${rest}`;
const rule = (name, from, to) => ({ name, severity: "error", from, to });
/** A package's source, and its package.json for the version. */
const own = (name) => `^packages/${name}/(src/|package\\.json$)`;
const names = Object.keys(packages);
const tests = "(\\.test\\.ts$|/test/)";

module.exports = {
  forbidden: [
    rule("no-circular", {}, { circular: true }),
    rule("no-tests-in-source", { path: "/src/", pathNot: tests }, { path: tests }),
    ...names.map((name) =>
      rule(
        `${name}-may-import`,
        { path: src(name), pathNot: tests },
        { path: "^packages/", pathNot: [own(name), ...packages[name].map((other) => src(other))] },
      ),
    ),
    ...names.map((name) =>
      rule(
        `${name}-by-name-only`,
        { path: src(name) },
        { path: "^packages/", pathNot: own(name), dependencyTypes: ["local"] },
      ),
    ),
    ...phases
      .slice(0, -1)
      .map((phase, i) =>
        rule(
          `${phase}-looks-back-only`,
          { path: src("compiler", phase), pathNot: tests },
          { path: src("compiler", `(${phases.slice(i + 1).join("|")})/`) },
        ),
      ),
    // `chub get` must not load the Markdown parser.
    rule(
      "cli-loads-compiler-lazily",
      { path: src("cli") },
      { path: src("compiler"), dynamic: false, dependencyTypesNot: ["type-only"] },
    ),
    ...Object.entries(edges).map(([name, folders]) =>
      rule(
        `${name}-core-is-pure`,
        { path: src(name), pathNot: [...folders.map((folder) => src(name, folder)), tests] },
        { dependencyTypes: ["core"], pathNot: "^(node:)?(path|path/posix|crypto|zlib|module)$" },
      ),
    ),
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)dist/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      extensions: [".ts"],
      conditionNames: ["@chub/source", "import", "node", "default"],
    },
  },
};
