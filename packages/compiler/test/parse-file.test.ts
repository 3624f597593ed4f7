import { describe, expect, it } from "vitest";
import { sourceFile, SOUND_DOC } from "./lint-support.ts";
import { loadEngine } from "../src/2-parse/engines.ts";
import { parseFile } from "../src/2-parse/parse-file.ts";

const engine = await loadEngine();
const parse = (content: string | Uint8Array, path = "acme/docs/widget/DOC.md") =>
  parseFile(sourceFile(path, content), engine);
const rules = (content: string | Uint8Array) =>
  parse(content).diagnostics.map(
    ({ rule, range }) => `${rule} ${range.start.line}:${range.start.column}`,
  );

describe("parseFile", () => {
  it("gives the text, the kind and the front matter", () => {
    const { value, diagnostics } = parse(SOUND_DOC);
    expect(diagnostics).toEqual([]);
    expect([value.kind, value.text === SOUND_DOC, value.tree.children[1]?.type]).toEqual([
      "doc",
      true,
      "heading",
    ]);
    expect(value.frontmatter?.data).toMatchObject({
      name: "widget",
      metadata: { versions: "1.4.0", revision: "1" },
    });
    expect(SOUND_DOC.slice(value.frontmatter?.offset)).toMatch(/^name: widget\n/);
  });

  it("keeps numbers as they are written", () => {
    const { value } = parse("---\nmetadata:\n  versions: 1.10\n  x: 007\n  y: true\n  z:\n---\n");
    expect(value.frontmatter?.data).toEqual({
      metadata: { versions: "1.10", x: "007", y: true, z: null },
    });
  });

  it("reads files with CRLF", () => {
    const { value } = parse("---\r\nname: widget\r\n---\r\n\r\n# A\r\n");
    expect(value.frontmatter).toEqual({
      yaml: "name: widget\r",
      offset: 5,
      data: { name: "widget" },
    });
  });

  it("counts a byte order mark as one character of the file", () => {
    const { value } = parse("\uFEFF# A\n\nText.\n");
    expect(
      value.tree.children.map(({ position }) => [position?.start.column, position?.start.offset]),
    ).toEqual([
      [2, 1],
      [1, 6],
    ]);
  });

  it("says what is wrong with the bytes, and goes on", () => {
    expect(rules(Buffer.from([0x61, 0x0a, 0xff]))).toEqual(["safety/utf-8 2:1"]);
    expect(rules("\uFEFF# A\n")).toEqual(["safety/no-bom 1:1"]);
  });

  it("does not give texts without bounds to the parser", () => {
    expect(rules("> ".repeat(5000) + "a")).toEqual(["safety/parse-limits 1:1"]);
    expect(rules("*".repeat(400) + "a" + "*".repeat(400))).toEqual(["safety/parse-limits 1:1"]);
    expect(rules("a".repeat(262_145))).toEqual(["safety/parse-limits 1:1"]);
    expect(rules("-".repeat(200))).toEqual([]);
  });

  it("tells what kind of file it is by the name", () => {
    expect(
      ["a/skills/b/SKILL.md", "a/docs/b/c.md"].map((path) => parse("# A\n", path).value.kind),
    ).toEqual(["skill", "reference"]);
  });
});
