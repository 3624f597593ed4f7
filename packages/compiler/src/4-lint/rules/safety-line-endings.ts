import { defineRule } from "../rule.ts";

export const safetyLineEndings = defineRule({
  id: "safety/line-endings",
  code: "CHUB5102",
  severity: "warning",
  fixable: "safe",
  anyFile: true,
  summary: "All lines of a file end the same way.",
  why: "Mixed endings make two tools see different lines, and differences that nobody made.",
  help: "Save the file with LF.",
  check({ text }, report) {
    if (!text.includes("\r\n")) return;
    const carriage = [...text.matchAll(/\r\n/g)].map(({ index }) => index);
    const plain = [...text.matchAll(/(?<!\r)\n/g)].map(({ index }) => index);
    const [first] = carriage.length < plain.length ? carriage : plain;
    if (plain.length === 0 || first === undefined) return;
    const edits =
      carriage.length < plain.length
        ? carriage.map((start) => ({ start, end: start + 1, text: "" }))
        : plain.map((start) => ({ start, end: start, text: "\r" }));
    const usual = carriage.length < plain.length ? "LF" : "CRLF";
    report({
      at: [first, first + 1],
      message: `Unexpected line endings of two kinds, expected ${usual} only`,
      fixes: [{ title: `End all lines with ${usual}`, kind: "safe", edits }],
    });
  },
});
