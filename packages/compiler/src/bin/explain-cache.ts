/** Why files were not cached, for a person: a reason that many share is one line. */
export function explainCache(
  misses: ReadonlyMap<string, string> | null,
  { files, cached }: { readonly files: number; readonly cached: number },
): string {
  if (misses === null) return "cache: not in use\n";
  const byReason = new Map<string, string[]>();
  for (const [path, reason] of misses) {
    const paths = byReason.get(reason) ?? [];
    paths.push(path);
    byReason.set(reason, paths);
  }
  const lines = [...byReason].flatMap(([reason, paths]) =>
    paths.length > MOST_NAMED
      ? [`cache: ${paths.length} files: ${reason}`]
      : paths.map((path) => `cache: ${path}: ${reason}`),
  );
  return `${[`cache: ${cached} of ${files} files`, ...lines].join("\n")}\n`;
}

const MOST_NAMED = 10;
