import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decode } from "../../src/2-parse/decode.ts";
import { loadEngine } from "../../src/2-parse/engines.ts";
import { checkSyntax } from "../../src/6-verify/check-syntax.ts";
import type { SourceFile } from "../../src/1-discover/source-file.ts";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { lineStartsOf, pointAt } from "../../src/diagnostics/text-position.ts";
import { lintContent } from "../../src/lint-content.ts";
import { sourceFile, SOUND_DOC } from "../lint-support.ts";
import { PATHOLOGICAL } from "./pathological.ts";

interface Case {
  readonly id: string;
  readonly what: string;
  /** The file; encoded, because its bytes must reach the test as they are. */
  readonly base64: string;
}

const CASES = readFileSync(join(import.meta.dirname, "documents.jsonl"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as Case);
const engine = await loadEngine();
const SOUND = sourceFile("sound/docs/widget/DOC.md", SOUND_DOC);

function lintTree(files: readonly SourceFile[]): readonly Diagnostic[] {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const inputs = { engine, config: null, today: "2026-11-24", checkSyntax };
  return lintContent({ files: sorted, skipped: [] }, inputs);
}

const fileOf = ({ id, base64 }: Case): SourceFile => {
  const bytes = Buffer.from(base64, "base64");
  return { path: `${id}/docs/api/DOC.md`, bytes, sha256: hash("sha256", bytes, "hex") };
};

/** What an author may leave out or write in another way; no case is about it. */
const HABITS =
  /^(?:structure\/|across\/|frontmatter\/(?:description|languages|revision|source|updated-on|versions)$)/;

describe("documents of the catalogue", () => {
  const found = lintTree([...CASES.map(fileOf), SOUND]);

  it("have the findings that were reviewed, and cost only their own file", async () => {
    const lines = CASES.map(({ id, what }) => {
      const own = found.filter(({ file, rule }) => file.startsWith(`${id}/`) && !HABITS.test(rule));
      const rules = [...new Set(own.map(({ severity, rule }) => `${severity} ${rule}`))].sort();
      return `${id} ${what}: ${rules.join(", ")}\n`;
    });
    await expect(lines.join("")).toMatchFileSnapshot(join(import.meta.dirname, "findings.txt"));
    expect(found.filter(({ file }) => file.startsWith("sound/"))).toEqual([]);
  });

  it("give every finding a place in its file", () => {
    for (const testCase of CASES) {
      const file = fileOf(testCase);
      const starts = lineStartsOf(decode(file).value);
      for (const { range, rule } of found.filter((item) => item.file === file.path)) {
        expect(rule).not.toBe("internal/rule-failed");
        expect(pointAt(starts, range.start.offset)).toEqual(range.start);
        expect(pointAt(starts, range.end.offset)).toEqual(range.end);
      }
    }
  });

  it("leave the prototypes alone", () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe("pathological Markdown", () => {
  it.each(Object.keys(PATHOLOGICAL))("%s ends, and costs only its own file", (name) => {
    const file = sourceFile("bad/docs/widget/DOC.md", SOUND_DOC + PATHOLOGICAL[name]!);
    const inputs = { engine, config: null, checkSyntax };
    const found = lintContent({ files: [file, SOUND], skipped: [] }, inputs);
    expect(found.filter(({ rule }) => rule === "internal/rule-failed")).toEqual([]);
    expect(
      found.filter(({ file: path, rule }) => path === SOUND.path && !rule.startsWith("across/")),
    ).toEqual([]);
  });
});
