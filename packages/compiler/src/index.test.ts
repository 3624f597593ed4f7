import { expect, it } from "vitest";
import * as compiler from "./index.ts";

it("exports these values, so that a change of the public names is a decision", () => {
  expect(Object.keys(compiler).sort()).toEqual([
    "buildContent",
    "checkSyntax",
    "checkedLanguages",
    "compile",
    "compileInMemory",
    "discover",
    "loadEngine",
    "loadTokenCounter",
    "openOutput",
  ]);
});
