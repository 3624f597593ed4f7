import fc from "fast-check";
import { expect, it } from "vitest";
import { neutralise, quoteInput } from "./neutralise.ts";

it("shows controls instead of sending them", () => {
  expect(neutralise("a\u001B[31mred\u0007\u009B2J\u007F\u202Eevil\u2066\u{E0041}")).toBe(
    "a␛[31mred␇<U+009B>2J␡<U+202E>evil<U+2066><U+E0041>",
  );
});

it("keeps lines, tabs, CRLF and every other script", () => {
  const text = "支付\tnaïve\r\nשלום 👩‍💻\n";
  expect(neutralise(text)).toBe(text);
});

it("shows a carriage return that would overwrite its line", () => {
  expect(neutralise("safe\revil")).toBe("safe␍evil");
});

it("lets no control through, and changes nothing twice", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const safe = neutralise(text);
      expect(Array.from(safe).filter(isControl)).toEqual([]);
      expect(neutralise(safe)).toBe(safe);
    }),
  );
});

it("quotes input on one line", () => {
  expect(quoteInput("a\nb\tc")).toBe('"a␊b␉c"');
  expect(quoteInput("x".repeat(81))).toBe(`"${"x".repeat(80)}…"`);
  expect(quoteInput("x".repeat(80))).toBe(`"${"x".repeat(80)}"`);
});

function isControl(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  const isKept = character === "\n" || character === "\t" || character === "\r";
  return (
    !isKept && (code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x202a && code <= 0x202e))
  );
}
