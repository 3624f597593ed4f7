import fc from "fast-check";
import { expect, it } from "vitest";
import { fitRows, pageOf } from "./fit-rows.ts";

it("takes as many rows as fit, in order, and at least one", () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.integer({ min: 0, max: 200 }), (rows, maxBytes) => {
      const fitting = fitRows(rows, maxBytes);
      expect(fitting).toEqual(rows.slice(0, fitting.length));
      expect(fitting.length).toBeGreaterThanOrEqual(Math.min(1, rows.length));
      const size = (some: readonly string[]) =>
        some.reduce((sum, row) => sum + Buffer.byteLength(JSON.stringify(row)) + 1, 0);
      expect(fitting.length <= 1 || size(fitting) <= maxBytes).toBe(true);
      expect(
        fitting.length === rows.length || size(rows.slice(0, fitting.length + 1)) > maxBytes,
      ).toBe(true);
    }),
  );
});

it("pages until the end and never in circles", () => {
  expect(pageOf(5, 0, 2)).toEqual({ total: 5, offset: 0, showing: 2, nextOffset: 2 });
  expect(pageOf(5, 4, 1)).toEqual({ total: 5, offset: 4, showing: 1 });
  expect(pageOf(5, 9, 0)).toEqual({ total: 5, offset: 9, showing: 0 });
});
