import fc from "fast-check";
import { expect, it } from "vitest";
import { messageLine } from "./message-line.ts";

it("is one line with the same value, and nothing in it moves a cursor or the reading order", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const line = messageLine({ jsonrpc: "2.0", method: "test", params: { text } });
      expect(JSON.parse(line)).toEqual({ jsonrpc: "2.0", method: "test", params: { text } });
      expect(line.slice(0, -1)).not.toMatch(
        /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/u,
      );
      expect(line.endsWith("}\n")).toBe(true);
    }),
  );
});
