import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect, it } from "vitest";
import { discover } from "../src/1-discover/discover.ts";
import { loadEngine } from "../src/2-parse/engines.ts";
import { decode } from "../src/2-parse/decode.ts";
import { ALL_RULES } from "../src/4-lint/rule-catalog.ts";
import { checkSyntax } from "../src/6-verify/check-syntax.ts";
import { renderSarif } from "../src/diagnostics/render-sarif.ts";
import { lintContent } from "../src/lint-content.ts";
import type { Diagnostic } from "../src/diagnostics/diagnostic.ts";

/** The schema of OASIS, as the SARIF SDK ships it. */
const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, "sarif/sarif-2.1.0.schema.json"), "utf8"),
) as Record<string, unknown>;
// Draft 04 differs from the draft that ajv reads in the names of two keys only, as far as this schema goes.
const { id: _id, $schema: _draft, ...draft7 } = schema;
const ajv = new Ajv({
  allErrors: true,
  strict: false,
  // A pattern of the schema is none with Unicode rules.
  unicodeRegExp: false,
  formats: {
    uri: (text: string) => URL.canParse(text),
    "uri-reference": (text: string) => URL.canParse(text, "https://example.com/"),
    "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/,
  },
});
const validate = ajv.compile(draft7);

async function reportOf(folder: string): Promise<string> {
  const discovered = discover(folder, {});
  const engine = await loadEngine();
  const diagnostics = lintContent(discovered, { engine, config: null, checkSyntax });
  return sarif(diagnostics, (path) => {
    const file = discovered.files.find((candidate) => candidate.path === path);
    return file === undefined ? null : decode(file).value;
  });
}

function sarif(diagnostics: readonly Diagnostic[], textOf: (path: string) => string | null) {
  return renderSarif({
    diagnostics,
    files: 1,
    prefix: "content/",
    textOf,
    rules: ALL_RULES,
    version: "1.0.0",
  });
}

it("writes reports that the schema of SARIF 2.1.0 accepts", async () => {
  const log: unknown = JSON.parse(await reportOf(join(import.meta.dirname, "fixtures")));
  expect(log).toMatchObject({ runs: [{ results: expect.any(Array) }] });
  expect((log as { runs: [{ results: unknown[] }] }).runs[0].results.length).toBeGreaterThan(100);
  validate(log);
  expect(validate.errors).toBeNull();
});

it("writes an empty report and a cut one that it accepts too", () => {
  const point = { line: 1, column: 1, offset: 0 };
  const finding: Diagnostic = {
    code: "CHUB1014",
    rule: "frontmatter/name",
    severity: "error",
    message: "Unexpected name",
    file: "a b/\u00e4.md",
    range: { start: point, end: point },
    labels: [{ range: { start: point, end: point }, message: "Here", file: "b.md" }],
  };
  for (const count of [0, 5001]) {
    const log = JSON.parse(sarif(Array<Diagnostic>(count).fill(finding), () => "a")) as {
      runs: [{ results: unknown[] }];
    };
    expect(log.runs[0].results.length).toBe(Math.min(count, 5000));
    validate(log);
    expect(validate.errors).toBeNull();
  }
});

it("would notice a report that is not SARIF", () => {
  expect(validate({ version: "2.1.0", runs: [{ results: [{ message: 1 }] }] })).toBe(false);
});
