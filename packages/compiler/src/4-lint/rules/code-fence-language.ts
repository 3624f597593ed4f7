import { fenceOf, languagePlace } from "../fences.ts";
import { defineRule } from "../rule.ts";

export const codeFenceLanguage = defineRule({
  id: "code/fence-language",
  code: "CHUB3001",
  severity: "warning",
  summary: "A code fence says its language.",
  why: "Code without a language is not checked, not coloured and not found by language.",
  help: "Write the language after the fence, for example ```` ```js ````; `text` when it is no code.",
  check({ codeBlocks, text }, report) {
    for (const code of codeBlocks) {
      const fence = fenceOf(text, code);
      if (fence === null || (code.lang !== null && code.lang !== undefined)) continue;
      report({
        at: languagePlace(text, code, fence),
        message: "Missing language of the code block",
      });
    }
  },
});
