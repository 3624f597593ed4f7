import { canonicalLanguage } from "@chub/registry";
import { GRAMMARS } from "./grammar-checks.ts";
import type { GrammarName } from "./snippet-parser.ts";

/**
 * Grammars that the fences of a Markdown text can ask for: never one too few, perhaps one too many.
 *
 * Looks at the text alone, so that grammars can be loaded before the work that does not wait.
 */
export function grammarsIn(text: string): ReadonlySet<GrammarName> {
  const found = new Set<GrammarName>();
  for (const [, word = ""] of text.matchAll(FENCE)) {
    // An escape or a character reference can spell any name.
    if (/[\\&]/.test(word)) return new Set(GRAMMARS.values());
    const grammar = GRAMMARS.get(canonicalLanguage(word) ?? "");
    if (grammar !== undefined) found.add(grammar);
  }
  return found;
}

const FENCE = /(?:```|~~~)[`~]*[^\S\n]*([^\s`]+)/g;
