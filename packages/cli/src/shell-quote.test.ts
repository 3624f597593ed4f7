import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, it } from "vitest";
import { shellQuote } from "./shell-quote.ts";

it("leaves addresses readable", () => {
  expect(shellQuote("corp:stripe/api@19.1.0#webhooks")).toBe("corp:stripe/api@19.1.0#webhooks");
  expect(shellQuote("it's $(x)")).toBe(`'it'\\''s $(x)'`);
});

it("is one word for a shell, and that word", () => {
  const words = fc.sample(
    fc.string({ unit: "binary" }).filter((word) => !word.includes("\0")),
    { numRuns: 40, seed: 1 },
  );
  const printed = execFileSync("sh", ["-c", `printf '%s\\0' ${words.map(shellQuote).join(" ")}`], {
    encoding: "utf8",
  });
  expect(printed.split("\0").slice(0, -1)).toEqual(
    words.map((word) => Buffer.from(word).toString()),
  );
});
