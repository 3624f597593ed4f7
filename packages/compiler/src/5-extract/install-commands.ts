/**
 * Package names in the install commands of a text, in the order they stand there, without versions and extras.
 *
 * Understands npm, yarn, pnpm, bun, pip, uv, poetry, pipx, conda, go, cargo, gem, bundle, composer and dotnet.
 */
export function installedPackages(text: string): string[] {
  const names: string[] = [];
  for (const match of text.matchAll(COMMAND)) {
    for (const word of wordsOf(match[1]!)) {
      const name = packageName(word);
      if (name !== null) names.push(name);
    }
  }
  return names;
}

/** Arguments of a command; an option takes no value with it except those that are files. */
function wordsOf(rest: string): string[] {
  const command = rest.split(/\s(?:--|\d?>+)\s/)[0]!;
  const words = command.trim().split(/\s+/);
  return words.filter(
    (word, index) => !word.startsWith("-") && !FILE_OPTIONS.has(words[index - 1] ?? ""),
  );
}

function packageName(word: string): string | null {
  const bare = word.replace(/^["'`]+|["'`\\,]+$/g, "").replace(/\[[^\]]*\]/, "");
  const name = /^(@?[A-Za-z0-9][\w.-]*(?:\/[\w.-]+)*)/.exec(bare)?.[1];
  if (name === undefined || name.length < 2 || !/[A-Za-z]/.test(name)) return null;
  return NOT_PACKAGES.has(name) ||
    bare.includes("://") ||
    /\.(?:txt|tgz|whl|git|toml|ya?ml)$/.test(name)
    ? null
    : name.replace(/[.-]+$/, "");
}

const MANAGERS = [
  String.raw`(?:npm|pnpm|yarn|bun)\s+(?:install|add|i)`,
  String.raw`(?:pip3?|pipx|uv\s+pip|conda|mamba|gem|cargo)\s+install`,
  String.raw`(?:uv|poetry|cargo|bundle)\s+add`,
  String.raw`go\s+(?:get|install)`,
  String.raw`composer\s+require`,
  String.raw`dotnet\s+add\s+(?:\S+\s+)?package`,
];
// Only spaces separate words: a command ends with its line, unless a backslash continues it, or where the next one starts.
const COMMAND = new RegExp(
  String.raw`\b(?:${MANAGERS.join("|").replaceAll(String.raw`\s`, "[ \\t]")})[ \t]+((?:\\\r?\n|[^\n;|&#])*)`,
  "g",
);
const FILE_OPTIONS = new Set([
  "-r",
  "--requirement",
  "-c",
  "--constraint",
  "-e",
  "--editable",
  "--version",
  "-v",
  "-i",
  "--index-url",
  "--extra-index-url",
  "--registry",
  "--features",
  "-F",
  "--group",
  "-G",
]);
const NOT_PACKAGES = new Set(["install", "add", "the", "and", "or", "to", "from", "package"]);
