import fc from "fast-check";
import { expect, it } from "vitest";
import { cutToWidth, displayWidth } from "./display-width.ts";

it.each([
  ["", 0],
  ["abc", 3],
  ["支付", 4],
  ["e\u0301", 1],
  ["👍", 2],
  ["ｱ", 1],
  ["한글", 4],
])("measures %j as %d columns", (text, columns) => {
  expect(displayWidth(text)).toBe(columns);
});

it("cuts between characters", () => {
  expect(cutToWidth("支付宝", 5)).toBe("支付…");
  expect(cutToWidth("支付宝", 4)).toBe("支…");
  expect(cutToWidth("abc", 3)).toBe("abc");
  expect(cutToWidth("abc", 2)).toBe("a…");
  expect(cutToWidth("abc", 0)).toBe("");
});

it("never exceeds the width", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.nat(40), (text, columns) => {
      expect(displayWidth(cutToWidth(text, columns))).toBeLessThanOrEqual(columns);
    }),
  );
});
