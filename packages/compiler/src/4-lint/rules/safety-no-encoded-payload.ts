import { isInRanges } from "../code-ranges.ts";
import { defineRule } from "../rule.ts";

export const safetyNoEncodedPayload = defineRule({
  id: "safety/no-encoded-payload",
  code: "CHUB5112",
  severity: "warning",
  suppressible: false,
  summary: "No long base64 text in prose.",
  why: "It is unreadable for a reviewer, and a model decodes it.",
  help: "Put an example into a code block; otherwise remove it.",
  check({ text, codeRanges }, report) {
    for (const { 0: found, index: start } of text.matchAll(/[A-Za-z0-9+/]{48,}={0,2}/g)) {
      if (!looksEncoded(found) || isInRanges(codeRanges, start)) continue;
      if (PART_OF_URL.test(text.charAt(start - 1))) continue;
      report({
        at: [start, start + found.length],
        message: `Unexpected base64 text of ${found.length} characters in prose`,
      });
    }
  },
});

/** Words and paths have few changes between cases and digits; hashes in hex have no upper case. */
function looksEncoded(text: string): boolean {
  return (
    /[a-z]/.test(text) &&
    /[A-Z]/.test(text) &&
    /\d/.test(text) &&
    (text.match(/\//g) ?? []).length < 4
  );
}

const PART_OF_URL = /[\w:.=&?%#-]/;
