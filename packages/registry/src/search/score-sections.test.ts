import { expect, it } from "vitest";
import { scoreSections } from "./score-sections.ts";

const sections = [
  { path: ["Stripe"], text: "Payments for the web." },
  { path: ["Stripe", "Install"], text: "```bash\nnpm install stripe\n```" },
  {
    path: ["Stripe", "Verify a webhook"],
    text: "```js\nstripe.webhooks.constructEvent(body, signature, secret)\n```",
  },
  {
    path: ["Stripe", "Refund a payment"],
    text: "Call `stripe.refunds.create` with the payment intent.",
  },
];

it("is highest for the section that is about the query", () => {
  const best = (query: string): number => {
    const scores = scoreSections(query, sections);
    return scores.indexOf(Math.max(...scores));
  };
  expect(
    ["webhook signature", "constructEvent", "give a customer a refund", "how to install"].map(best),
  ).toEqual([2, 2, 3, 1]);
});

it("is 0 for sections without a word of the query, and for a query without words", () => {
  expect(scoreSections("webhook", sections)).toEqual([0, 0, expect.any(Number), 0]);
  expect(scoreSections("", sections)).toEqual([0, 0, 0, 0]);
  expect(scoreSections("webhook", [])).toEqual([]);
});
