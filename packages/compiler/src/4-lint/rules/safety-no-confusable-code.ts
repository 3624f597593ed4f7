import { defineRule } from "../rule.ts";

export const safetyNoConfusableCode = defineRule({
  id: "safety/no-confusable-code",
  code: "CHUB5111",
  severity: "warning",
  suppressible: false,
  anyFile: true,
  summary: "An identifier in code does not mix Latin with Cyrillic or Greek letters.",
  why: "`аdmin` with a Cyrillic а is another name than `admin`, and nobody sees it.",
  help: "Type the identifier again in one script.",
  check({ text, codeRanges }, report) {
    if (!/[\u0370-\u03FF\u0400-\u052F\uFF21-\uFF5A]/.test(text)) return;
    for (const [from, to] of codeRanges) {
      for (const { 0: word, index } of text
        .slice(from, to)
        .matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu)) {
        if (!isMixed(word)) continue;
        const start = from + index;
        report({
          at: [start, start + word.length],
          message: `Unexpected identifier "${word.slice(0, 40)}" of mixed scripts`,
        });
      }
    }
  },
});

/** Greek letters alone are names in formulas: `Δx`, `μs`. Latin with letters that look Latin is what deceives. */
function isMixed(word: string): boolean {
  return (
    /[A-Za-z]/.test(word) &&
    /[\u0400-\u052F\uFF21-\uFF5A\u0391\u0392\u0395-\u0397\u0399\u039A\u039C\u039D\u039F\u03A1\u03A4\u03A5\u03A7\u03BF]/.test(
      word,
    )
  );
}
