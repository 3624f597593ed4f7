import { readFileSync } from "node:fs";

/** Version of this package, from its package.json; the same two folders up in `src` and in `dist`. */
export function compilerVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const { version } = JSON.parse(text) as { version: string };
  return version;
}
