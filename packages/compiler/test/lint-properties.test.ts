import fc from "fast-check";
import type { Node } from "mdast";
import { describe, expect, it } from "vitest";
import { loadEngine } from "../src/2-parse/engines.ts";
import { fixText } from "../src/4-lint/apply-fixes.ts";
import { checkSyntax } from "../src/6-verify/check-syntax.ts";
import type { Diagnostic } from "../src/diagnostics/diagnostic.ts";
import { lineStartsOf, pointAt } from "../src/diagnostics/text-position.ts";
import { configOf, lintSource } from "../src/lint-content.ts";
import { sourceFile, SOUND_DOC } from "./lint-support.ts";

const engine = await loadEngine();

function lint(content: string | Uint8Array): readonly Diagnostic[] {
  const file = sourceFile("acme/docs/widget/DOC.md", content);
  const config = configOf([file], { engine, config: null, today: "2026-11-24", checkSyntax });
  return lintSource(file, { config, engine, listed: new Set() }).diagnostics;
}

it("finds nothing in a sound document", () => {
  expect(lint(SOUND_DOC)).toEqual([]);
});

/** Parts that break something when they are put anywhere. */
const HARM = fc.constantFrom(
  "```",
  "---\n",
  "\u202E",
  '<div style="x">',
  "| a |\n|---|\n",
  "# ",
  "[a](b",
  "\t",
  "\r",
  "\0",
  "&",
  "*",
  "{[",
  "\uFEFF",
  "> ".repeat(70),
  "😀",
  "\uD800",
);
const MUTATION = fc.record({
  at: fc.nat(SOUND_DOC.length),
  remove: fc.nat(40),
  insert: fc.oneof(HARM, fc.string({ maxLength: 6, unit: "binary" })),
});

function mutated(changes: readonly { at: number; remove: number; insert: string }[]): string {
  return changes.reduce(
    (text, { at, remove, insert }) => text.slice(0, at) + insert + text.slice(at + remove),
    SOUND_DOC,
  );
}

describe("mutated documents", () => {
  it("never stop a run, and every finding has a place in the file", () => {
    fc.assert(
      fc.property(fc.array(MUTATION, { minLength: 1, maxLength: 4 }), (changes) => {
        // Lone surrogates cannot be written as UTF-8.
        const text = Buffer.from(mutated(changes)).toString("utf8");
        const starts = lineStartsOf(text);
        for (const { range, rule, message } of lint(text)) {
          expect(rule).not.toBe("internal/rule-failed");
          expect(message).not.toBe("");
          expect(range.start.offset).toBeLessThanOrEqual(range.end.offset);
          expect(range.end.offset).toBeLessThanOrEqual(text.length);
          expect(pointAt(starts, range.start.offset)).toEqual(range.start);
          expect(pointAt(starts, range.end.offset)).toEqual(range.end);
        }
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  it("never stop a run when bytes are wrong", () => {
    const change = fc.record({ at: fc.nat(SOUND_DOC.length - 1), byte: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const bytes = Buffer.from(SOUND_DOC);
        for (const { at, byte } of changes) bytes[at] = byte;
        const starts = lineStartsOf(bytes.toString("utf8").replace(/^\uFEFF/, ""));
        for (const { range, rule } of lint(bytes)) {
          expect(rule).not.toBe("internal/rule-failed");
          expect(pointAt(starts, range.start.offset)).toEqual(range.start);
          expect(pointAt(starts, range.end.offset)).toEqual(range.end);
        }
      }),
      { numRuns: 300, seed: 12 },
    );
  });
});

describe("documents with their structure broken", () => {
  const LINES = SOUND_DOC.split("\n");
  const place = fc.nat(LINES.length - 1);
  const change = fc.oneof(
    fc.record({
      kind: fc.constant("remove" as const),
      at: place,
      count: fc.integer({ min: 1, max: 9 }),
    }),
    fc.record({
      kind: fc.constant("repeat" as const),
      at: place,
      count: fc.integer({ min: 1, max: 40 }),
    }),
    fc.record({ kind: fc.constant("move" as const), at: place, count: place }),
    fc.record({
      kind: fc.constant("nest" as const),
      at: place,
      count: fc.integer({ min: 1, max: 70 }),
    }),
    fc.record({
      kind: fc.constant("indent" as const),
      at: place,
      count: fc.integer({ min: 1, max: 12 }),
    }),
  );

  function restructured(changes: readonly { kind: string; at: number; count: number }[]): string {
    return changes
      .reduce((lines, { kind, at, count }) => {
        const line = lines[at] ?? "";
        if (kind === "remove") return lines.toSpliced(at, count);
        if (kind === "repeat") return lines.toSpliced(at, 1, ...Array<string>(count).fill(line));
        if (kind === "move") return lines.toSpliced(at, 1).toSpliced(count, 0, line);
        const mark = kind === "nest" ? "> ".repeat(count) : " ".repeat(count);
        return lines.map((other, index) => (index < at ? other : mark + other));
      }, LINES)
      .join("\n");
  }

  it("never stop a run, and every finding has a place in the file", () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const text = restructured(changes);
        const starts = lineStartsOf(text);
        for (const { range, rule } of lint(text)) {
          expect(rule).not.toBe("internal/rule-failed");
          expect(pointAt(starts, range.start.offset)).toEqual(range.start);
          expect(pointAt(starts, range.end.offset)).toEqual(range.end);
        }
      }),
      { numRuns: 300, seed: 14 },
    );
  });
});

describe("fixes", () => {
  const FIXABLE = fc.constantFrom(
    (text: string) =>
      text.replace("  source: community\n", "  source: community\n  tags: [a, b]\n"),
    (text: string) =>
      text.replace("  source: community\n", "  source: community\n  aliases:\n    - a\n    - b\n"),
    (text: string) => text.replace('versions: "1.4.0"', "versions: 1.10"),
    (text: string) => text.replace("# Widgets\n", "# Widgets\r\n"),
    (text: string) => text.replaceAll("\n", "\r\n").replace("# Widgets\r\n", "# Widgets\n"),
    (text: string) =>
      text.replace("Create and list widgets.", "cafe\u0301 and re\u0301sume\u0301."),
    (text: string) => (text.startsWith("\uFEFF") ? text : `\uFEFF${text}`),
  );

  it("end where nothing is left to fix, and leave everything outside the edits alone", () => {
    fc.assert(
      fc.property(fc.array(FIXABLE, { minLength: 1, maxLength: 4 }), (faults) => {
        const text = faults.reduce((current, fault) => fault(current), SOUND_DOC);
        const first = fixText(text, "safe", lint);
        expect(first.cycle).toEqual([]);
        expect(fixText(first.text, "safe", lint)).toEqual({
          text: first.text,
          fixed: 0,
          cycle: [],
        });
        expect(
          lint(first.text).flatMap(({ fixes = [] }) => fixes.filter(({ kind }) => kind === "safe")),
        ).toEqual([]);
        expect(bodyShape(first.text)).toEqual(bodyShape(text));
      }),
      { numRuns: 100, seed: 13 },
    );
  });

  it("name the rules that undo each other and change nothing", () => {
    const swap = (text: string): readonly Diagnostic[] => [
      {
        code: "CHUB9999",
        rule: text === "a" ? "test/to-b" : "test/to-a",
        severity: "warning",
        message: "Unexpected text",
        file: "a.md",
        range: { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 2, offset: 1 } },
        fixes: [
          {
            title: "Swap",
            kind: "safe",
            edits: [{ start: 0, end: 1, text: text === "a" ? "b" : "a" }],
          },
        ],
      },
    ];
    expect(fixText("a", "safe", swap)).toEqual({ text: "a", fixed: 0, cycle: ["test/to-a"] });
  });
});

/** The tree below the front matter without positions; text in composed form, because a fix composes it. */
function bodyShape(text: string): unknown {
  const shape = (node: Node): unknown => {
    const { position: _, ...rest } = node;
    const children = "children" in node ? { children: (node.children as Node[]).map(shape) } : {};
    return {
      ...rest,
      ...("value" in rest
        ? { value: String(rest.value).normalize("NFC").replaceAll("\r\n", "\n") }
        : {}),
      ...children,
    };
  };
  const tree = engine.parse(text.replace(/^\uFEFF/, ""));
  return tree.children.filter(({ type }) => type !== "yaml").map(shape);
}
