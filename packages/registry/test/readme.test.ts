import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

it("the example of the readme is the one that is compiled", () => {
  const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
  const example = readFileSync(join(import.meta.dirname, "readme-example.ts"), "utf8");
  expect(/```ts\n([\s\S]*?)```/.exec(readme)?.[1]).toBe(example.slice(example.indexOf("\n") + 1));
});
