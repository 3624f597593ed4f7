import { describe, expect, it } from "vitest";
import { nearest } from "./did-you-mean.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { fingerprintsOf } from "./fingerprint.ts";
import { formatFor } from "./formats.ts";
import { unifiedDiff } from "./line-diff.ts";
import { capDiagnostics, orderDiagnostics } from "./order.ts";
import { plainPaint } from "./paint.ts";
import { renderCompact } from "./render-compact.ts";
import { renderGithub } from "./render-github.ts";
import { renderJson, renderJsonl } from "./render-json.ts";
import { renderPretty } from "./render-pretty.ts";
import { renderSarif } from "./render-sarif.ts";
import type { Report } from "./report.ts";
import { lineStartsOf, pointAt, rangeIn } from "./text-position.ts";
import { visibleText } from "./visible-text.ts";

const TEXT = "---\nname: a\tb\n---\n\n日本 evil\u202E text\n";
const at = (start: number, end: number) => rangeIn(TEXT, start, end);
const evil = TEXT.indexOf("evil");
const NAME: Diagnostic = {
  code: "CHUB1014",
  rule: "frontmatter/name",
  severity: "error",
  message: "Unexpected name",
  file: "acme/docs/x/DOC.md",
  range: at(10, 13),
  help: "Rename it.",
  fixes: [{ title: "Rename", kind: "safe", edits: [{ start: 10, end: 13, text: "ab" }] }],
};
const EVIL: Diagnostic = {
  ...NAME,
  code: "CHUB5101",
  rule: "safety/visible-text",
  severity: "warning",
  message: "Unexpected \u202E",
  range: at(evil, evil + 4),
};
const report = (diagnostics: readonly Diagnostic[]): Report => ({
  diagnostics,
  files: 3,
  prefix: "content/",
  textOf: () => TEXT,
  rules: [
    {
      id: "frontmatter/name",
      code: "CHUB1014",
      severity: "error",
      summary: "S.",
      why: "W.",
      help: "H.",
    },
  ],
  version: "1.0.0",
});

describe("renderers", () => {
  it("pretty shows the lines around, marks columns of wide characters and hides nothing", () => {
    expect(renderPretty(report([NAME, EVIL]), plainPaint)).toBe(
      [
        "error CHUB1014 Unexpected name frontmatter/name",
        "  content/acme/docs/x/DOC.md:2:7",
        "  1 | ---",
        "  2 | name: a    b",
        "    |       ^^^^^^",
        "  3 | ---",
        "  4 | ",
        "  help: Rename it.",
        "  fix: Rename (--fix)",
        "",
        "warning CHUB5101 Unexpected \\u{202E} safety/visible-text",
        "  content/acme/docs/x/DOC.md:5:4",
        "  3 | ---",
        "  4 | ",
        "  5 | 日本 evil\\u{202E} text",
        "    |      ^^^^",
        "  6 | ",
        "  help: Rename it.",
        "  fix: Rename (--fix)",
        "",
        "",
      ].join("\n"),
    );
  });

  it("compact is one line each", () => {
    expect(renderCompact(report([NAME]))).toBe(
      "content/acme/docs/x/DOC.md:2:7: error CHUB1014 frontmatter/name: Unexpected name. Rename it. [--fix]\n",
    );
  });

  it("json and jsonl carry everything", () => {
    const record = {
      ...NAME,
      file: "content/acme/docs/x/DOC.md",
      url: "https://github.com/chub-dev/chub/blob/main/docs/rules/frontmatter/name.md",
      fingerprint: fingerprintsOf(report([NAME]))[0],
    };
    expect(JSON.parse(renderJson(report([NAME])))).toEqual({
      format: 1,
      version: "1.0.0",
      summary: { files: 3, errors: 1, warnings: 0, infos: 0, fixable: 1 },
      diagnostics: [record],
    });
    expect(renderJsonl(report([NAME, NAME])).split("\n").length).toBe(3);
    expect(JSON.parse(renderJsonl(report([NAME])))).toEqual(record);
  });

  it("github escapes, keeps to the limits and puts the rest into the summary", () => {
    const many = Array.from({ length: 12 }, () => ({ ...NAME, message: "100 %, a:b" }));
    const { annotations, stepSummary } = renderGithub(report([...many, EVIL]));
    const lines = annotations.trimEnd().split("\n");
    expect(lines.length).toBe(11);
    expect(lines[0]).toBe(
      "::error file=content/acme/docs/x/DOC.md,line=2,endLine=2,col=7,endColumn=10,title=CHUB1014 frontmatter/name::content/acme/docs/x/DOC.md:2:7: 100 %25, a:b. Rename it.",
    );
    expect(lines[10]).toMatch(/^::warning .*Unexpected \\u\{202E\}/);
    expect(stepSummary).toContain("2 findings without an annotation");
    expect(renderGithub(report([NAME])).stepSummary).toBe("");
  });

  it("sarif has rules, regions, fixes and fingerprints", () => {
    const log = JSON.parse(renderSarif(report([EVIL, NAME])));
    expect(log.version).toBe("2.1.0");
    const [run] = log.runs;
    expect(run.columnKind).toBe("utf16CodeUnits");
    expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(["CHUB1014"]);
    expect(run.results[0]).toEqual({
      ruleId: "CHUB1014",
      ruleIndex: 0,
      level: "error",
      message: { text: "Unexpected name. Rename it." },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "content/acme/docs/x/DOC.md", uriBaseId: "SRCROOT" },
            region: { startLine: 2, startColumn: 7, endLine: 2, endColumn: 10 },
          },
        },
      ],
      partialFingerprints: { "chub/v1": fingerprintsOf(report([NAME]))[0] },
      fixes: [
        {
          description: { text: "Rename" },
          artifactChanges: [
            {
              artifactLocation: { uri: "content/acme/docs/x/DOC.md", uriBaseId: "SRCROOT" },
              replacements: [
                {
                  deletedRegion: { startLine: 2, startColumn: 7, endLine: 2, endColumn: 10 },
                  insertedContent: { text: "ab" },
                },
              ],
            },
          ],
        },
      ],
    });
  });
});

describe("the list of diagnostics", () => {
  it("is in one order whatever order it is found in, without repeats", () => {
    expect(orderDiagnostics([EVIL, NAME, EVIL])).toEqual([NAME, EVIL]);
  });

  it("is cut per rule and file, and says so", () => {
    expect(capDiagnostics([NAME, NAME, NAME, EVIL], 2).map(({ message }) => message)).toEqual([
      "Unexpected name",
      "Unexpected name (and 1 more in this file)",
      "Unexpected \u202E",
    ]);
  });

  it("has fingerprints that survive lines above", () => {
    const moved = {
      ...report([
        { ...NAME, range: { start: { line: 3, column: 7, offset: 11 }, end: NAME.range.end } },
      ]),
      textOf: () => `\n${TEXT}`,
    };
    expect(fingerprintsOf(moved)).toEqual(fingerprintsOf(report([NAME])));
    expect(new Set(fingerprintsOf(report([NAME, NAME]))).size).toBe(2);
  });
});

it("chooses the format for whoever reads", () => {
  expect([
    formatFor({}),
    formatFor({ CLAUDECODE: "1" }),
    formatFor({ GITHUB_ACTIONS: "true", CLAUDECODE: "1" }),
  ]).toEqual(["pretty", "compact", "github"]);
});

it("suggests what is near, and nothing when nothing is", () => {
  const words = ["javascript", "java", "python"];
  expect(["pythn", "javascirpt", "JAVA", "cobol"].map((word) => nearest(word, words))).toEqual([
    "python",
    "javascript",
    "java",
    null,
  ]);
});

it("finds lines of every ending", () => {
  const text = "a\nb\r\nc\rd";
  expect(lineStartsOf(text)).toEqual([0, 2, 5, 7]);
  expect(pointAt(lineStartsOf(text), 8)).toEqual({ line: 4, column: 2, offset: 8 });
});

it("shows what cannot be seen", () => {
  expect(visibleText("a\u001B[31m\u200B\u{E0041}\uD800é\n")).toBe(
    "a\\u{1B}[31m\\u{200B}\\u{E0041}\\u{D800}é\n",
  );
});

it("writes differences as `diff -u` does", () => {
  const lines = (from: number, to: number): string =>
    Array.from({ length: to - from + 1 }, (_, index) => `${from + index}\n`).join("");
  expect(unifiedDiff("a", lines(1, 9), lines(1, 9))).toBe("");
  expect(unifiedDiff("a", lines(1, 9), `${lines(1, 4)}five\n${lines(6, 9)}`)).toBe(
    "--- a/a\n+++ b/a\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n",
  );
  expect(unifiedDiff("a", "1", "1\n2\n")).toBe(
    "--- a/a\n+++ b/a\n@@ -1,1 +1,2 @@\n-1\n\\ No newline at end of file\n+1\n+2\n",
  );
});
