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
    for (const [start, end] of longRuns(text)) {
      const found = text.slice(start, end);
      if (!looksEncoded(found) || isInRanges(codeRanges, start)) continue;
      if (PART_OF_URL.test(text.charAt(start - 1))) continue;
      report({
        at: [start, end],
        message: `Unexpected base64 text of ${found.length} characters in prose`,
      });
    }
  },
});

/** Runs of base64 characters, padding included. Looks at every 48th character and goes back from there. */
function longRuns(text: string): readonly (readonly [start: number, end: number])[] {
  const runs: [number, number][] = [];
  for (let probe = SHORTEST_RUN - 1; probe < text.length; probe += SHORTEST_RUN) {
    if (!isBase64(text.charCodeAt(probe))) continue;
    let start = probe;
    while (start > 0 && isBase64(text.charCodeAt(start - 1))) start -= 1;
    let end = probe + 1;
    while (end < text.length && isBase64(text.charCodeAt(end))) end += 1;
    if (end - start < SHORTEST_RUN) continue;
    while (text[end] === "=") end += 1;
    runs.push([start, end]);
    probe = Math.max(probe, end - 1);
  }
  return runs;
}

function isBase64(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 43 ||
    code === 47
  );
}

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
const SHORTEST_RUN = 48;
