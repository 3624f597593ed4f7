import { canonicalLanguage } from "@chub/registry";

/**
 * Language that the code of a fence has to parse in; null when there is none.
 *
 * Some names share a canonical language for search but promise another text: a session with output, another dialect.
 */
export function parsedLanguage(lang: string | null | undefined): string | null {
  if (lang === null || lang === undefined || OTHER_TEXTS.has(lang.trim().toLowerCase()))
    return null;
  return canonicalLanguage(lang);
}

const OTHER_TEXTS: ReadonlySet<string> = new Set([
  "console",
  "json5",
  "pycon",
  "shell-session",
  "terminal",
  "zsh",
]);
