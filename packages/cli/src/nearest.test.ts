import { expect, it } from "vitest";
import { nearest } from "./nearest.ts";

it.each([
  ["serch", "search"],
  ["saerch", "search"],
  ["gt", "get"],
  ["lis", "list"],
  ["SEARCH", "search"],
  ["feed", "feedback"],
  ["zzzz", null],
  ["", null],
])("takes %j for %j", (typed, meant) => {
  expect(nearest(typed, ["search", "get", "list", "feedback"])).toBe(meant);
});
