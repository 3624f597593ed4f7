import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkedLanguages, checkSyntax, rememberingChecker } from "./check-syntax.ts";
import { OXC_VERSION } from "./ecmascript.ts";
import { GRAMMARS_VERSION } from "./grammar-checks.ts";
import { JSONC_PARSER_VERSION } from "./json.ts";
import { SMOL_TOML_VERSION } from "./toml.ts";
import { YAML_VERSION } from "./yaml.ts";

const failures = (language: string, code: string) => {
  const { status, message, line, column } = checkSyntax(language, code);
  return status === "failed" ? { message, line, column } : status;
};

describe("checkSyntax", () => {
  it.each([
    ["a module", "javascript", "import a from 'a';\nexport const b = await a();"],
    ["a script", "javascript", "with (a) { b }\nvar await = 1;"],
    ["the body of a function", "javascript", "const a = await b();\nreturn a;"],
    ["top-level for await", "javascript", "for await (const a of b) {}"],
    ["an object", "javascript", "{\n  plugins: [a()],\n  b: 1,\n}"],
    ["members of an object", "javascript", "'rules/a': [\n  'warn',\n  { b: 1 },\n],"],
    [
      "a method",
      "typescript",
      "async fetch(request: Request): Promise<Response> {\n  return new Response();\n}",
    ],
    ["left out parts", "javascript", "const a = [1, ...];\nb({...});\ntype;"],
    ["entries", "javascript", "// a\n'a-b/c': 'off',\n...d,"],
    ["a chain", "javascript", ".eq('a', 1)\n.then(b)"],
    ["the end of a statement", "javascript", "catch (error) {\n  a(error);\n}"],
    ["imports and a return", "javascript", "import a from 'a';\n\nif (!a) return;"],
    ["several elements", "jsx", "<A />\n<B>c</B>"],
    ["members of a type", "typescript", "from?: string;\nto: Array<string>;"],
    ["a type with left out members", "typescript", "type A = 'a' | 'b' | ...;"],
    ["JSX in JavaScript", "javascript", "const a = <b c={1}>d</b>;"],
    ["a cast and a generic arrow", "typescript", "const a = <T>(b: T) => <string>b;"],
    ["JSX in TypeScript", "typescript", "const a: Element = <b />;"],
    ["a comment in JSONC", "jsonc", '{ "a": 1, // b\n}'],
    ["JSON lines", "jsonl", '{"a":1}\n\n{"b":2}\n'],
    ["several YAML documents with tags", "yaml", "a: !Ref b\n---\nc: 1\n"],
    ["TOML", "toml", "[a]\nb = 1979-05-27\n"],
  ])("accepts %s", (_name, language, code) => {
    expect(checkSyntax(language, code)).toMatchObject({ status: "passed" });
  });

  it.each([
    ["javascript", "const a = 1;\nconst = 2;", { message: "Unexpected token", line: 2, column: 7 }],
    ["json", '{\n  "a": 1,\n}', { message: "Property name expected", line: 3, column: 1 }],
    ["json", '{ "a": ... }', { message: "Invalid symbol", line: 1, column: 8 }],
    ["json", "// a\n{}", { message: "Invalid comment token", line: 1, column: 1 }],
    ["jsonl", '{"a":1}\n{"b"}', { message: "Colon expected", line: 2, column: 5 }],
    ["toml", "a = 1\nb = ", { message: "invalid value", line: 2, column: 5 }],
  ])("places the first error of %s", (language, code, expected) => {
    expect(failures(language, code)).toMatchObject({ line: expected.line });
    expect(failures(language, code)).toEqual(expected);
  });

  it("places the first error of YAML", () => {
    expect(failures("yaml", "a: 1\na: 2\n")).toMatchObject({
      message: "Map keys must be unique",
      line: 2,
    });
  });

  it("skips what it cannot check, with the reason", () => {
    expect(checkSyntax("kotlin", "fun a(:")).toEqual({
      status: "skipped",
      message: "No syntax check for kotlin",
    });
    expect(checkSyntax("python", "def a(:")).toEqual({
      status: "skipped",
      message: "No grammar for python at hand",
    });
    expect(checkSyntax(null, "anything")).toEqual({
      status: "skipped",
      message: "No known language",
    });
  });

  it("gives the same verdict again from memory", () => {
    const check = rememberingChecker(checkSyntax);
    const first = check("json", "{");
    expect(first).toEqual(checkSyntax("json", "{"));
    expect(check("json", "{")).toBe(first);
  });

  it("names its languages", () => {
    expect(checkedLanguages()).toEqual([
      "bash",
      "cpp",
      "csharp",
      "css",
      "go",
      "java",
      "javascript",
      "json",
      "jsonc",
      "jsonl",
      "jsx",
      "php",
      "python",
      "ruby",
      "rust",
      "toml",
      "tsx",
      "typescript",
      "yaml",
    ]);
  });
});

it.each([
  ["oxc-parser", OXC_VERSION],
  ["jsonc-parser", JSONC_PARSER_VERSION],
  ["yaml", YAML_VERSION],
  ["smol-toml", SMOL_TOML_VERSION],
  ["@vscode/tree-sitter-wasm", GRAMMARS_VERSION],
])("names the installed version of %s in its verdicts", (name, version) => {
  const require = createRequire(import.meta.url);
  const folder = require.resolve.paths(name)!.map((path) => join(path, name, "package.json"));
  const file = folder.find((path) => isFile(path))!;
  expect((JSON.parse(readFileSync(file, "utf8")) as { version: string }).version).toBe(version);
});

function isFile(path: string): boolean {
  try {
    return readFileSync(path).length > 0;
  } catch {
    return false;
  }
}
