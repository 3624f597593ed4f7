import { expect, it } from "vitest";
import { nearestName } from "./nearest-name.ts";

it.each([
  ["qurey", "query"],
  ["versoin", "version"],
  ["sectio", "section"],
  ["symbolname", "symbol"],
  ["vers", "version"],
  ["banana", null],
  ["", null],
])("%s: %s", (typed, expected) => {
  expect(nearestName(typed, ["query", "version", "section", "symbol", "id"])).toBe(expected);
});
