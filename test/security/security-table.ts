import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

/** A case of the catalogue of attacks and faults. */
interface SecurityCase {
  readonly id: string;
  readonly severity: "critical" | "high" | "medium" | "low";
  readonly when: string;
  readonly then: string;
}

export type Drivers = Readonly<Record<string, () => Promise<void>>>;

/** What another test holds, or what is not promised, by the id of the case: never left out without a word. */
export type Elsewhere = Readonly<Record<string, string>>;

/** Runs every case of an area; one without a driver, and a driver without a case, are failures. */
export function securityTable(area: string, drivers: Drivers, elsewhere: Elsewhere = {}): void {
  const cases = JSON.parse(
    readFileSync(join(import.meta.dirname, "cases", `${area}.json`), "utf8"),
  ) as SecurityCase[];
  it(`${area}: every case is tried here, or it is said where or why not`, () => {
    const here = Object.keys(drivers);
    const there = Object.keys(elsewhere);
    expect([...here, ...there].sort()).toEqual(cases.map(({ id }) => id).sort());
  });
  for (const { id, when, then } of cases) {
    const run = drivers[id];
    if (run !== undefined) it(`${id}: ${when} => ${then}`, run, MAX_MS);
  }
}

/** The same driver for several cases, each with its own value. */
export function forEach<T>(
  values: Readonly<Record<string, T>>,
  run: (value: T) => Promise<void>,
): Drivers {
  return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, () => run(value)]));
}

/** Of one case, which may start a hundred processes; it ends a case that hangs, and says nothing about speed. */
const MAX_MS = 900_000;
