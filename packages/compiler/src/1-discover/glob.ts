/**
 * Whether a path matches a glob.
 *
 * `*` matches within one segment, `**` any number of segments, `?` one character, `{a,b}` either.
 * A glob without `/` matches the last segment in any folder, as in .gitignore.
 */
export function globMatcher(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  const patterns = globs.map((glob) => new RegExp(`^(?:${patternOf(glob)})$`, "u"));
  return (path) => patterns.some((pattern) => pattern.test(path));
}

function patternOf(glob: string): string {
  const trimmed = glob.replace(/^\.?\//, "").replace(/\/$/, "/**");
  const anchored = trimmed.includes("/") ? trimmed : `**/${trimmed}`;
  return anchored.replace(TOKEN, (token) => TRANSLATION[token] ?? `\\${token}`);
}

const TOKEN = /\*\*\/|\*\*|\*|\?|[{},]|[\\^$.|+()[\]]/g;
const TRANSLATION: Readonly<Record<string, string>> = {
  "**/": "(?:[^/]+/)*",
  "**": ".*",
  "*": "[^/]*",
  "?": "[^/]",
  "{": "(?:",
  "}": ")",
  ",": "|",
};
