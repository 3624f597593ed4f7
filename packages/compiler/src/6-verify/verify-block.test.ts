import { hash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { loadEngine, type MarkdownEngine } from "../2-parse/engines.ts";
import { parseFile } from "../2-parse/parse-file.ts";
import { extractFile } from "../5-extract/extract-file.ts";
import { checkSyntax } from "./check-syntax.ts";
import { verifyBlock } from "./verify-block.ts";

let engine: MarkdownEngine;
beforeAll(async () => {
  engine = await loadEngine();
});

function verify(text: string) {
  const bytes = Buffer.from(text, "utf8");
  const parsed = parseFile(
    { path: "a/docs/b/DOC.md", bytes, sha256: hash("sha256", bytes, "hex") },
    engine,
  ).value;
  const { code } = extractFile(parsed, (value) => value.length);
  return code.map((block) =>
    verifyBlock(block, { lines: () => text.split(/\r\n|\n|\r/), checkSyntax }),
  );
}

describe("verifyBlock", () => {
  it("places a failure in the file, whatever stands before the code", () => {
    const json = '{\n  "a": 1,\n}';
    const indented = json.replaceAll("\n", "\n  ");
    const quoted = json.replaceAll("\n", "\n> ");
    const places = [
      `\`\`\`json\n${json}\n\`\`\``,
      `- \`\`\`json\n  ${indented}\n  \`\`\``,
      `> \`\`\`json\n> ${quoted}\n> \`\`\``,
      `\`\`\`json\r\n${json.replaceAll("\n", "\r\n")}\r\n\`\`\``,
    ];
    expect(
      places.map((text) => verify(text)).map(([block]) => [block?.line, block?.column]),
    ).toEqual([
      [4, 1],
      [4, 3],
      [4, 3],
      [4, 1],
    ]);
  });

  it("does what the fence says", () => {
    expect(
      verify(
        "```json no-check\n{\n```\n\n```js expect-error\nconst = 1;\n```\n\n```js expect-error\nconst a = 1;\n```\n\n```ts expect-error=2339\na.b;\n```",
      ),
    ).toEqual([
      { status: "skipped", checks: [], message: "The fence says no-check" },
      { status: "passed", checks: ["syntax"], tool: "oxc-parser@0.159.0" },
      {
        status: "skipped",
        checks: ["syntax"],
        message: "The fence expects an error, and the syntax is right",
      },
      { status: "passed", checks: ["syntax"], tool: "oxc-parser@0.159.0" },
    ]);
  });

  it("finds that data is right which should be wrong", () => {
    expect(verify("```json expect-error\n{}\n```")).toEqual([
      {
        status: "failed",
        checks: ["syntax"],
        tool: "jsonc-parser@3.3.1",
        message: "Unexpected success, expected an error",
        line: 2,
        column: 1,
      },
    ]);
  });

  it("skips indented blocks and unknown languages", () => {
    expect(verify("    a\n\n```klingon\nb\n```")).toEqual([
      { status: "skipped", checks: [], message: "No known language" },
      { status: "skipped", checks: [], message: "No known language" },
    ]);
  });
});
