/**
 * Canonical name of a programming language, or null when it is unknown.
 *
 * Case and the separators of "c sharp" do not matter; see `LANGUAGES` for names and aliases.
 */
export function canonicalLanguage(name: string): string | null {
  return BY_NAME.get(name.trim().toLowerCase()) ?? null;
}

/** Every canonical language name, sorted. */
export function languageNames(): readonly string[] {
  return LANGUAGES.map(([name]) => name);
}

/** Shortest common name, for narrow output: `javascript` gives `js`. */
export function shortLanguage(name: string): string {
  return SHORT.get(name) ?? name;
}

/** Canonical name, then its aliases (fence names, file extensions, what people type). Sorted by canonical name. */
const LANGUAGES: readonly (readonly [string, ...string[]])[] = [
  ["bash", "sh", "shell", "zsh", "shellscript", "console", "shell-session", "terminal"],
  ["bicep"],
  ["c", "h"],
  ["cpp", "c++", "cxx", "cc", "hpp"],
  ["csharp", "cs", "c#", "c sharp", "dotnet", ".net"],
  ["css"],
  ["csv"],
  ["dart", "flutter"],
  ["diff", "patch"],
  ["dockerfile", "docker"],
  ["dotenv", "env"],
  ["elixir", "ex", "exs"],
  ["erlang", "erl"],
  ["fsharp", "f#", "fs"],
  ["go", "golang"],
  ["gradle", "groovy"],
  ["graphql", "gql"],
  ["haskell", "hs"],
  ["hcl", "terraform", "tf"],
  ["html", "xhtml"],
  ["http", "https", "rest"],
  ["ini", "cfg", "conf", "properties"],
  ["java"],
  ["javascript", "js", "node", "nodejs", "node.js", "mjs", "cjs", "ecmascript"],
  ["json", "json5", "geojson"],
  ["jsonc"],
  ["jsonl", "ndjson"],
  ["jsx"],
  ["julia", "jl"],
  ["kotlin", "kt", "kts"],
  ["less"],
  ["lua"],
  ["makefile", "make", "mk"],
  ["markdown", "md"],
  ["mdx"],
  ["nginx"],
  ["objective-c", "objc", "objectivec", "obj-c"],
  ["perl", "pl"],
  ["php"],
  ["powershell", "pwsh", "ps1", "ps"],
  ["prisma"],
  ["protobuf", "proto"],
  ["python", "py", "python3", "py3", "pycon"],
  ["r", "rlang"],
  ["regex", "regexp"],
  ["ruby", "rb"],
  ["rust", "rs"],
  ["scala", "sc"],
  ["scss", "sass"],
  ["solidity", "sol"],
  ["sql", "mysql", "postgres", "postgresql", "plsql", "tsql", "sqlite"],
  ["svelte"],
  ["swift"],
  ["text", "txt", "plain", "plaintext", "output", "none", "nohighlight", "log"],
  ["toml"],
  ["tsx"],
  ["typescript", "ts", "mts", "cts"],
  ["vue"],
  ["xml", "svg", "xsd", "plist"],
  ["yaml", "yml"],
  ["zig"],
];

const BY_NAME = new Map(
  LANGUAGES.flatMap(([name, ...aliases]) =>
    [name, ...aliases].map((alias) => [alias, name] as const),
  ),
);
const SHORT = new Map([
  ["javascript", "js"],
  ["typescript", "ts"],
  ["python", "py"],
  ["ruby", "rb"],
  ["csharp", "cs"],
]);
