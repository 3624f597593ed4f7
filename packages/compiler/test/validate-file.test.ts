import { describe, expect, it } from "vitest";
import { sourceFile, SOUND_DOC } from "./lint-support.ts";
import { loadEngine } from "../src/2-parse/engines.ts";
import { parseFile } from "../src/2-parse/parse-file.ts";
import { validateFile } from "../src/3-validate/validate-file.ts";

const engine = await loadEngine();
const validate = (content: string, path = "acme/docs/widget/DOC.md") =>
  validateFile(parseFile(sourceFile(path, content), engine).value);
const facts = {
  type: "doc",
  path: "acme/docs/widget/DOC.md",
  folder: "acme/docs/widget",
  author: "acme",
  name: "widget",
  id: "acme/widget",
  description: "Create and list widgets with the Acme API.",
  languages: ["javascript"],
  versions: ["1.4.0"],
  revision: 1,
  updatedOn: "2026-01-15",
  claimedTier: "community",
  tags: [],
  packages: [],
  upstream: [],
  aliases: [],
  status: "current",
};

describe("validateFile", () => {
  it("gives the facts of a document", () => {
    expect(validate(SOUND_DOC)).toEqual({ value: facts, diagnostics: [] });
  });

  it("accepts lists and numbers, canonical and other names of languages", () => {
    const text = SOUND_DOC.replace(
      'languages: "javascript"',
      "languages: [JS, Python, pythn]",
    ).replace('versions: "1.4.0"', "versions: 1.10");
    expect(validate(text).value).toEqual({
      ...facts,
      languages: ["javascript", "python", "pythn"],
      versions: ["1.10"],
    });
  });

  it("leaves out values it does not understand, and keeps the entry", () => {
    const text = SOUND_DOC.replace('revision: "1"', "revision: -4")
      .replace('"2026-01-15"', "yesterday")
      .replace("community", "super-official");
    const { revision: _revision, updatedOn: _day, claimedTier: _tier, ...rest } = facts;
    const { value, diagnostics } = validate(text);
    expect(value).toEqual(rest);
    expect(diagnostics.map(({ rule, severity }) => `${rule} ${severity}`).sort()).toEqual([
      "frontmatter/known-value warning",
      "frontmatter/value warning",
      "frontmatter/value warning",
    ]);
  });

  it("knows a skill without a folder of its own", () => {
    const { value } = validate(
      "---\nname: login\ndescription: Log in.\n---\n",
      "acme/skills/SKILL.md",
    );
    expect([value?.type, value?.id, value?.folder]).toEqual(["skill", "acme/login", "acme/skills"]);
  });

  it.each([
    ["no name", SOUND_DOC.replace("name: widget\n", "")],
    ["a name that is a path", SOUND_DOC.replace("name: widget", "name: ../../evil")],
    ["no versions", SOUND_DOC.replace('  versions: "1.4.0"\n', "")],
    ["no front matter", "# Widgets\n"],
    ["a list as front matter", "---\n- a\n---\n"],
    ["an empty front matter", "---\n\n---\n"],
  ])("gives no entry and an error for %s", (_, text) => {
    const { value, diagnostics } = validate(text);
    expect(value).toBeNull();
    expect(diagnostics.map(({ severity }) => severity)).toContain("error");
  });

  it("does not let a name reach the prototype", () => {
    const { value } = validate(
      SOUND_DOC.replace("name: widget", "name: widget\n__proto__: { polluted: true }"),
    );
    expect(value?.name).toBe("widget");
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("leaves references alone", () => {
    expect(validate("# A\n", "acme/docs/widget/references/a.md")).toEqual({
      value: null,
      diagnostics: [],
    });
  });
});
