import { expect, it } from "vitest";
import { documentText, fittingLine, line, toned } from "../reply.ts";
import { renderBlock } from "./render-block.ts";

const PIPE = { isTerminal: false, hasColour: false, columns: 80 };
const TERMINAL = { isTerminal: true, hasColour: true, columns: 12 };

it("gives a pipe the exact document", () => {
  const text = "\uFEFF# A\r\n\u001B[31m\u0000\n";
  expect(renderBlock(documentText(text), PIPE)).toBe(text);
  expect(renderBlock(documentText(text), { ...PIPE, hasColour: true })).toBe(text);
});

it("gives a terminal the document without its controls and never coloured", () => {
  expect(renderBlock(documentText("# A\n\u001B[31m\n"), TERMINAL)).toBe("# A\n␛[31m\n");
});

it("colours spans on a terminal, and neutralises their text only", () => {
  expect(renderBlock(line("a ", toned("bold", "\u001B]0;x\u0007")), TERMINAL)).toBe(
    "a \u001B[1m␛]0;x␇\u001B[22m\n",
  );
});

it("colours a pipe when it is forced, and leaves the text as it is", () => {
  expect(renderBlock(line(toned("red", "x\u001By")), { ...PIPE, hasColour: true })).toBe(
    "\u001B[31mx\u001By\u001B[39m\n",
  );
});

it("keeps a line of ours one line on a terminal", () => {
  expect(renderBlock(line("a\nb"), TERMINAL)).toBe("a␊b\n");
});

it("cuts a fitting line at the width of a terminal, over all spans, and not in a pipe", () => {
  const block = fittingLine("0123456789", toned("dim", "abcdef"), "more");
  expect(renderBlock(block, { ...TERMINAL, hasColour: false })).toBe("0123456789a…\n");
  expect(renderBlock(block, PIPE)).toBe("0123456789abcdefmore\n");
});
