import fc from "fast-check";
import { expect, it } from "vitest";
import { splitLines } from "./line-splitter.ts";

/** Lines as text; null for one that was too long. */
function split(chunks: readonly Uint8Array[], maxBytes: number): (string | null)[] {
  const take = splitLines(maxBytes);
  return chunks
    .flatMap((chunk) => take(chunk))
    .map((line) => (line.kind === "line" ? Buffer.from(line.bytes).toString("latin1") : null));
}

it("gives the same lines however the bytes come, and those too long once", () => {
  const letters = fc.constantFrom("a", "b", "\n");
  fc.assert(
    fc.property(
      fc.array(
        fc.array(letters, { maxLength: 20 }).map((part) => part.join("")),
        { maxLength: 20 },
      ),
      fc.integer({ min: 1, max: 10 }),
      (parts, maxBytes) => {
        const text = parts.join("");
        const whole = text.split("\n");
        const rest = whole.pop() ?? "";
        const expected = [
          ...whole.map((line) => (line.length > maxBytes ? null : line)),
          ...(rest.length > maxBytes ? [null] : []),
        ];
        expect(
          split(
            parts.map((part) => Buffer.from(part)),
            maxBytes,
          ),
        ).toEqual(expected);
      },
    ),
  );
});
