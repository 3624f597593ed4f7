import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type SyntaxChecker, syntaxCheckerWith } from "../6-verify/check-syntax.ts";
import { grammarsIn } from "../6-verify/fence-grammars.ts";
import { GRAMMARS } from "../6-verify/grammar-checks.ts";
import { isPlainShell } from "../6-verify/plain-shell.ts";
import { openGrammars } from "./open-grammars.ts";

let check: SyntaxChecker;
const grammars = openGrammars();
beforeAll(async () => {
  await grammars.load(new Set(GRAMMARS.values()));
  check = syntaxCheckerWith(grammars.parserOf);
}, 60_000);

const shown = (language: string, code: string) => {
  const { status, message, line, column } = check(language, code);
  return status === "failed" ? `${line}:${column} ${message}` : status;
};

describe("what documents shorten honestly passes", () => {
  it.each([
    ["python", "an indented fragment", "    def a(self):\n        return self.b\n"],
    ["python", "a fragment of a body", "        x = 1\n    y = 2"],
    ["python", "a session", ">>> a = [1,\n...      2]\n>>> a\n<repr at 0x7f>\n[1, 2"],
    ["python", "placeholders", 'client = Client(key=<your-key>)\nprint({"a": 1, ...})'],
    ["python", "an ellipsis in a signature", "def a(b, ...):\n    ..."],
    ["python", "decorators alone", '@app.get("/")\n@cached(1)'],
    ["python", "a signature", "def a(b: int, *, c: str = 'd') -> None:"],
    ["python", "a notebook cell", "%%time\n!pip install a\nx = b()\nx?"],
    ["python", "the end of a statement", "except Error as e:\n    print(e)"],
    ["python", "arguments", 'model="a",\nmessages=[],'],
    ["python", "entries", '"a": 1,\n"b": [2],'],
    ["python", "top-level await and return", "x = await a()\nreturn x"],
    ["python", "match", "match a:\n    case {'b': c}:\n        pass"],
    ["bash", "placeholders", "a create \\\n  --name <your name> \\\n  --id <id>"],
    ["bash", "optional arguments", 'a list [--limit=N] "b" # note (c)'],
    ["bash", "a here document", "cat > a <<'EOF'\n{ (\nEOF\nb && c | d"],
    [
      "bash",
      "a structure",
      'for a in "${b[@]}"; do\n  if [[ $a =~ ^c ]]; then echo "$(d)"; fi\ndone',
    ],
    [
      "go",
      "imports and statements",
      'import "a"\n\nb, err := a.B()\nif err != nil {\n\treturn err\n}',
    ],
    ["go", "fields", 'A string `json:"a"`\nB int'],
    ["go", "entries", 'Model: a.F(b),\nName: "c",'],
    ["java", "a method", "public String a() { return b; }"],
    ["java", "statements", 'var a = new B<>();\na.c("d");'],
    ["csharp", "statements", 'var a = await b.C();\nConsole.WriteLine($"{a}");'],
    ["cpp", "statements", "auto a = b<int>(c);\nstd::cout << a;"],
    ["php", "without a tag", "$a = new B(); echo $a->c();"],
    ["php", "with a tag", "<?php\nuse A\\B;\n\n$a = [1, 2];"],
    ["php", "a method", "public function a(): string { return 'b'; }"],
    ["ruby", "a block", 'a.each do |b|\n  puts "#{b}"\nend'],
    ["rust", "statements", 'let a = b().await?;\nprintln!("{a}");'],
    ["rust", "left out parts", "fn a() {\n    ...\n}"],
    ["css", "declarations", "color: red;\nmargin: 0 auto;"],
  ])("%s: %s", (language, _what, code) => {
    expect(shown(language, code)).toBe("passed");
  });
});

describe("what is broken is found at its place", () => {
  it.each([
    ["python", "a = 1\nb = (2,\nc = 3\n", "2:3 Unexpected `= (2,`"],
    ["python", "import a\n\n  with a.b() as c:\n    c()", "3:3 Unexpected indentation"],
    ["python", "A=/\nB=localhost", "1:3 Unexpected `/`"],
    ["bash", 'a\nif b; then\n  echo "c"\n', "4:1 Missing fi"],
    ["bash", 'echo "a', '1:6 Unexpected `"a`'],
    ["go", "func a( {\n}", "1:8 Missing )"],
    ["java", "class A {\n  void b( { }\n}", "2:10 Missing )"],
    ["csharp", "var a = ;", "1:7 Unexpected `= ;`"],
    ["cpp", "int a() { return (1; }", "1:20 Missing )"],
    ["php", "<?php\n$a = [1, 2;\n", "2:11 Missing ]"],
    ["ruby", "def a\n  b(\nend", "1:1 Unexpected `def a`"],
    ["rust", "fn a() { let = 1; }", "1:14 Unexpected `= 1; }`"],
    ["css", "a { color: red", "1:1 Unexpected `a { color: red`"],
  ])("%s: %j", (language, code, expected) => {
    expect(shown(language, code)).toBe(expected);
  });
});

it("says the same twice, and from two sets of grammars", async () => {
  const other = openGrammars();
  await other.load(["python"]);
  const code = "def a(:\n  pass";
  const verdict = check("python", code);
  expect(verdict.status).toBe("failed");
  expect(syntaxCheckerWith(other.parserOf)("python", code)).toEqual(verdict);
  expect(check("python", code)).toEqual(verdict);
});

it("knows the grammars that a text asks for, and no others", () => {
  const text = "````python title=a\n````\n- ~~~ sh\n  ~~~\n```mermaid\n```\n``` json\n```\n";
  expect([...grammarsIn(text)]).toEqual(["python", "bash"]);
  expect(grammarsIn("```py&#116;hon\n```").size).toBe(GRAMMARS.size);
});

it("calls only that shell plain which the grammar accepts", () => {
  expect(isPlainShell("npm install a\n# b")).toBe(true);
  const line = fc.stringMatching(/^[\w ./:=+~^%,@#$"'\\[\]<>|&;(){}!*-]{0,30}$/);
  const parser = () => grammars.parserOf("bash")!;
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), (lines) => {
      const code = lines.join("\n");
      expect(!isPlainShell(code) || parser().parse(code).outcome === "sound").toBe(true);
    }),
    { numRuns: 500 },
  );
});

it.each(["(", "[", '"', "`", "$(", "a<b>(c)", "if a:\n", "cat <<A\n"])(
  "ends on endless %j in every language",
  (text) => {
    const code = text.repeat(Math.floor(8000 / text.length));
    for (const language of GRAMMARS.keys()) {
      expect(["passed", "failed", "skipped"]).toContain(check(language, code).status);
    }
  },
  120_000,
);
