import { defineRule } from "../rule.ts";

export const safetyComposedText = defineRule({
  id: "safety/composed-text",
  code: "CHUB5103",
  severity: "warning",
  fixable: "safe",
  anyFile: true,
  summary: "Letters with marks are in the composed form (Unicode NFC).",
  why: "Two forms that look alike are different to a search and to `grep`.",
  help: "Save the text in NFC.",
  check({ text }, report) {
    if (!/\p{M}/u.test(text)) return;
    for (const { 0: written, index: start } of text.matchAll(/\P{M}\p{M}+/gu)) {
      const composed = written.normalize("NFC");
      if (composed === written) continue;
      const end = start + written.length;
      report({
        at: [start, end],
        message: `Unexpected decomposed character, expected "${composed}"`,
        fixes: [{ title: "Compose it", kind: "safe", edits: [{ start, end, text: composed }] }],
      });
    }
  },
});
