import fc from "fast-check";
import { expect, it } from "vitest";
import { oneLine, quoted } from "./one-line.ts";

it("is one line of at most the limit, without what shows something else than is there", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.integer({ min: 1, max: 50 }),
      (text, limit) => {
        const line = oneLine(text, limit);
        expect(Array.from(line).length).toBeLessThanOrEqual(limit);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      },
    ),
  );
});

it("leaves ordinary text, joins lines, cuts long text", () => {
  expect(oneLine("支付  works\r\n\tnaïvely", 100)).toBe("支付 works naïvely");
  expect(oneLine("\u001B[31mred\u202E", 100)).toBe("\uFFFD[31mred\uFFFD");
  expect(quoted("x".repeat(5_000_000), 5)).toBe("'xxxx…'");
});

it("is the same when it is made one line again", () => {
  const words = fc.constantFrom(
    "a",
    " ",
    "\t",
    "\n",
    "\u00A0",
    "\u2003",
    "\u200B",
    "é",
    "支",
    "😀",
    "\uD800",
  );
  fc.assert(
    fc.property(
      fc.array(words).map((parts) => parts.join("")),
      (text) => {
        const line = oneLine(text, 100);
        expect(oneLine(line, 100)).toBe(line);
        expect(line).toBe(
          text
            .replace(/\s+/gu, " ")
            .trim()
            .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "\uFFFD")
            .slice(0, 200),
        );
      },
    ),
  );
});
