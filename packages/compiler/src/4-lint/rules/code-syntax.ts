import type { Code } from "mdast";
import { parsedLanguage } from "../fence-language.ts";
import { defineRule } from "../rule.ts";

export const codeSyntax = defineRule({
  id: "code/syntax",
  code: "CHUB3006",
  severity: "warning",
  summary: "Code parses in its language: as a module, a script or the body of a function.",
  why: "Code that does not parse does not run for anybody.",
  help: "Correct the code; mark a block that is wrong on purpose with `no-check` after its language.",
  check({ codeBlocks, text, surroundings: { checkSyntax } }, report) {
    if (checkSyntax === undefined) return;
    for (const code of codeBlocks) {
      const language = parsedLanguage(code.lang);
      if (language === null || UNCHECKED.test(code.meta ?? "")) continue;
      const {
        status,
        message = "it does not parse",
        line = 1,
        column = 1,
      } = checkSyntax(language, code.value);
      if (status !== "failed") continue;
      report({
        at: placeIn(text, code, { line, column }),
        message: `Unexpected syntax in a ${language} block: ${message.replace(/\.$/, "")}`,
      });
    }
  },
});

/** From a place in the block to the file: the block may stand indented in a list or a quote. */
function placeIn(
  text: string,
  code: Code,
  { line, column }: { line: number; column: number },
): readonly [number, number] {
  const start = code.position?.start.offset ?? 0;
  const fenced = text[start] === "`" || text[start] === "~";
  let at = text.lastIndexOf("\n", start - 1) + 1;
  for (let number = fenced ? 0 : 1; number < line; number += 1) {
    const next = text.indexOf("\n", at);
    if (next === -1) break;
    at = next + 1;
  }
  const end = text.indexOf("\n", at);
  const whole = text.slice(at, end === -1 ? text.length : end);
  const content = code.value.split("\n")[line - 1] ?? "";
  const indent = Math.max(0, whole.indexOf(content));
  const from = at + Math.min(indent + column - 1, whole.length);
  return [from, Math.max(from, Math.min(from + 1, at + whole.length))];
}

const UNCHECKED = /(?:^|\s)(?:no-check|expect-error)(?:=\S*)?(?=\s|$)/;
