import { expect, it } from "vitest";
import type { FileFacts } from "../5-extract/file-facts.ts";
import { documentAst } from "./document-ast.ts";

const at = { line: 1, column: 1, offset: 0 };

it.each([
  ["b.md#c", "acme/docs/b.md"],
  ["./b.md?x", "acme/docs/b.md"],
  ["../docs/b%2Emd", "acme/docs/b.md"],
  ["#c", "acme/docs/a.md"],
  ["../../../etc/passwd", null],
  ["/acme/docs/b.md", null],
  ["https://example.com/b.md", null],
  ["mailto:b.md", null],
  ["gone.md", null],
  ["100%.md", null],
  ["", null],
])("resolves the link %j to %j", (target, resolved) => {
  const facts: FileFacts = {
    path: "acme/docs/a.md",
    kind: "reference",
    source: { sha256: "0".repeat(64), size: 0, lines: 0, eol: "lf" },
    frontmatter: null,
    title: null,
    tokens: 0,
    sections: [],
    code: [],
    links: [{ kind: "inline", target, text: "", range: { start: at, end: at }, section: 0 }],
    identifiers: [],
    texts: [],
  };
  const files = new Set(["acme/docs/a.md", "acme/docs/b.md", "etc/passwd"]);
  const { links } = documentAst(facts, { verification: [], exists: (path) => files.has(path) });
  expect(links.map((link) => link.resolved)).toEqual([resolved]);
});
