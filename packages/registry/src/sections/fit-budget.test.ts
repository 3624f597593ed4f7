import fc from "fast-check";
import { expect, it } from "vitest";
import { fitBudget, relevanceOrder } from "./fit-budget.ts";

it("keeps whole units in the order it is given, and passes over what does not fit", () => {
  const units = [50, 30, 40, 10].map((tokens) => ({ tokens, cuts: [] }));
  expect(fitBudget(units, 100, [0, 1, 2, 3])).toEqual([{ index: 0 }, { index: 1 }, { index: 3 }]);
  expect(fitBudget(units, 100, [2, 0])).toEqual([{ index: 0 }, { index: 2 }]);
  expect(fitBudget(units, 0, [0, 1, 2, 3])).toEqual([]);
});

it("cuts only what could never fit, at its last point that does, and once", () => {
  const large = {
    tokens: 500,
    cuts: [
      { offset: 10, tokens: 20 },
      { offset: 90, tokens: 95 },
      { offset: 99, tokens: 120 },
    ],
  };
  expect(fitBudget([large, large], 100, [0, 1])).toEqual([
    { index: 0, cut: { offset: 90, tokens: 95 } },
  ]);
  expect(fitBudget([{ tokens: 60, cuts: [] }, large], 100, [0, 1])).toEqual([
    { index: 0 },
    { index: 1, cut: { offset: 10, tokens: 20 } },
  ]);
  expect(
    fitBudget(
      [
        { tokens: 60, cuts: [] },
        { tokens: 90, cuts: large.cuts },
      ],
      100,
      [0, 1],
    ),
  ).toEqual([{ index: 0 }]);
});

it("never exceeds a budget", () => {
  const cut = fc.record({ offset: fc.nat(1000), tokens: fc.nat(300) });
  const unit = fc.record({
    tokens: fc.nat(400),
    cuts: fc.array(cut, { maxLength: 4 }).map((cuts) => cuts.sort((a, b) => a.tokens - b.tokens)),
  });
  fc.assert(
    fc.property(
      fc.array(unit, { maxLength: 12 }),
      fc.nat(600),
      fc.array(fc.nat(400), { maxLength: 12 }),
      (units, maxTokens, scores) => {
        const order = relevanceOrder(units.map((_, index) => scores[index] ?? 0));
        const kept = fitBudget(units, maxTokens, order);
        const sum = kept.reduce(
          (total, { index, cut: end }) => total + (end?.tokens ?? units[index]?.tokens ?? 0),
          0,
        );
        expect(sum).toBeLessThanOrEqual(maxTokens);
        expect(kept.filter((one) => one.cut !== undefined).length).toBeLessThanOrEqual(1);
        expect(kept.map(({ index }) => index)).toEqual(
          [...new Set(kept.map(({ index }) => index))].sort((a, b) => a - b),
        );
      },
    ),
  );
});

it("orders by relevance, and by document when nothing is relevant", () => {
  expect(relevanceOrder([0, 2, 5, 2])).toEqual([2, 1, 3]);
  expect(relevanceOrder([0, 0, 0])).toEqual([0, 1, 2]);
});
