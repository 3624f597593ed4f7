import { defineRule } from "../rule.ts";

export const structureTokenCount = defineRule({
  id: "structure/token-count",
  code: "CHUB2006",
  severity: "warning",
  kinds: ["doc", "skill"],
  summary: "An entry file has at most 5,000 tokens, and never more than 20,000.",
  why: "Every token of it is paid by every reader, and some agents cut longer answers without saying so.",
  help: "Move sections into `references/*.md` beside the file and link them.",
  check({ text, parsed, surroundings: { countTokens } }, report) {
    if (countTokens === undefined || parsed.source.bytes.length <= UNCOUNTED_BYTES) return;
    const tokens = countTokens(text);
    if (tokens <= WARN_TOKENS) return;
    const severity = tokens > ERROR_TOKENS ? "error" : "warning";
    const most = tokens > ERROR_TOKENS ? ERROR_TOKENS : WARN_TOKENS;
    report({
      at: [0, 0],
      severity,
      message: `Unexpected length of ${tokens} tokens, expected at most ${most}`,
    });
  },
});

const WARN_TOKENS = 5000;
const ERROR_TOKENS = 20_000;
/** Files up to this size are not counted: no text has fewer than three bytes a token on average. */
export const UNCOUNTED_BYTES = 3 * WARN_TOKENS;
