import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** A defect seen in Context Hub 0.1.4, what is promised instead, and what holds the promise. */
interface Defect {
  readonly id: string;
  readonly reference: string;
  readonly chub: string;
  readonly heldBy: readonly Holder[];
}

/** A test by its title, a rule of the linter by its id, or a text in a file that is no test. */
type Holder =
  | { readonly file: string; readonly title: string }
  | { readonly rule: string }
  | { readonly file: string; readonly text: string };

const ROOT = join(import.meta.dirname, "..");
const DEFECTS = JSON.parse(
  readFileSync(join(import.meta.dirname, "context-hub-defects.json"), "utf8"),
) as readonly Defect[];
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

const numbered = (letter: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);

it("lists every defect once, in order", () => {
  expect(DEFECTS.map(({ id }) => id)).toEqual([
    ...numbered("A", 8),
    ...numbered("B", 11),
    ...numbered("C", 9),
    ...numbered("D", 10),
    ...numbered("E", 5),
  ]);
});

describe.each(DEFECTS)("$id: $reference => $chub", ({ heldBy }) => {
  it("is held by something", () => {
    expect(heldBy.length).toBeGreaterThan(0);
  });

  it.each(heldBy)("$file$rule has $title$text", (holder) => {
    expect(holds(holder)).toBe(true);
  });
});

function holds(holder: Holder): boolean {
  if ("rule" in holder) return invalidFixtures(holder.rule).length > 0;
  if ("title" in holder) return titlesOf(holder.file).includes(holder.title);
  return read(holder.file).includes(holder.text);
}

/** What rules.test.ts runs for a rule and expects findings in. */
function invalidFixtures(rule: string): readonly string[] {
  const folder = join(ROOT, "packages/compiler/test/fixtures", rule);
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith("invalid")) : [];
}

/** Titles of tests in the source, without what a template puts before them, and the ids of a table of cases. */
function titlesOf(file: string): readonly string[] {
  const source = read(file);
  const titles = [...source.matchAll(/\(\s*(["'`])((?:(?!\1).)+)\1\s*,/g)].map(
    ([, , title]) => title,
  );
  const cases = [...source.matchAll(/^\s+(?:async )?"([A-Z]+-\d{3})"[(:]/gm)].map(([, id]) => id);
  return [...titles, ...cases].map((title = "") => title.replace(/^\$\{\w+\}: /, ""));
}
