import { expect, it } from "vitest";
import { streamTraits } from "./stream-traits.ts";

it.each([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: "1" }, false],
  [true, { NO_COLOR: "" }, true],
  [true, { TERM: "dumb" }, false],
  [false, { FORCE_COLOR: "1" }, true],
  [false, { FORCE_COLOR: "" }, false],
  [true, { FORCE_COLOR: "0" }, false],
  [true, { FORCE_COLOR: "false" }, false],
  [false, { FORCE_COLOR: "1", NO_COLOR: "1" }, true],
])("terminal %s with %j has colour: %s", (isTerminal, environment, hasColour) => {
  expect(streamTraits({ isTerminal }, environment)).toEqual({ isTerminal, hasColour, columns: 80 });
});

it("takes the width of the terminal", () => {
  expect(streamTraits({ isTerminal: true, columns: 132 }, {}).columns).toBe(132);
});
