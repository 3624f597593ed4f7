import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { spillingValues } from "../src/8-emit/spilling-values.ts";

const work = mkdtempSync(join(tmpdir(), "chub-values-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

it("gives back what was put, from memory and from the file", () => {
  const value = fc.record({ text: fc.string({ unit: "grapheme" }), list: fc.array(fc.integer()) });
  let run = 0;
  fc.assert(
    fc.property(fc.array(value, { maxLength: 20 }), fc.nat({ max: 100 }), (list, most) => {
      const path = join(work, String(run++));
      const values = spillingValues(path, most);
      const kept = list.map((one) => values.put(one, 10));
      expect([...kept].reverse().map((get) => get())).toEqual([...list].reverse());
      expect(existsSync(path)).toBe(list.length * 10 > most);
      values.close();
      expect(existsSync(path)).toBe(false);
    }),
    { numRuns: 50 },
  );
});
