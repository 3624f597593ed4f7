import { ChubError } from "@chub/registry";
import fc from "fast-check";
import { expect, it } from "vitest";
import { failureOf, failureText, usage } from "./failure.ts";

it("stays within 1 KiB, names as many alternatives as fit and counts the rest", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "binary", maxLength: 200 }), { maxLength: 60 }),
      (alternatives) => {
        const text = failureText({
          code: "NOT_FOUND",
          message: "not there",
          hint: "look elsewhere",
          alternatives,
        });
        const read = JSON.parse(text) as { alternatives: string[]; more?: number };
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024);
        expect(read.alternatives.length + (read.more ?? 0)).toBe(alternatives.length);
      },
    ),
  );
});

it("keeps the code and hint of a failure, and tells a bug from one", () => {
  expect(failureOf(new ChubError("NO_DATA", "gone\nfor good", { hint: "fetch it" }))).toEqual({
    code: "NO_DATA",
    message: "gone for good",
    hint: "fetch it",
  });
  expect(failureOf(usage("wrong", "right", ["a"]))).toEqual({
    code: "USAGE",
    message: "wrong",
    hint: "right",
    alternatives: ["a"],
  });
  expect(failureOf(new TypeError("x is not a function"))).toEqual({
    code: "BUG",
    message: "This is a bug in chub-mcp: x is not a function",
    hint: "Report it at https://github.com/chub-dev/chub/issues",
  });
});
