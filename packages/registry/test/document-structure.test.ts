import fc from "fast-check";
import { expect, it } from "vitest";
import { isChubError } from "../src/index.ts";
import { decodeStructure } from "../src/sections/document-structure.ts";
import { sha256, structureOf } from "./fixture-artifact.ts";

const TEXT = "# Title\n\nIntro é.\n\n## One\n\nUse one().\n\n## Two\n\nUse two().\n";
const BYTES = Buffer.from(TEXT);
const FILE = { path: "a/DOC.md", sha256: sha256(TEXT), size: BYTES.length };
const AST = JSON.stringify(structureOf("a/DOC.md", TEXT));

it("gives sections whose own texts, one after another, are the file", () => {
  const { sections, identifiers, tokens } = decodeStructure(Buffer.from(AST), FILE);
  expect(sections.map(({ slug }) => slug)).toEqual(["", "title", "one", "two"]);
  expect(
    Buffer.concat(sections.map(({ start, bodyEnd }) => BYTES.subarray(start, bodyEnd))),
  ).toEqual(BYTES);
  expect(identifiers).toEqual([
    { name: "one", sections: [2] },
    { name: "two", sections: [3] },
  ]);
  expect(tokens).toBe(BYTES.length);
});

it("takes the token counts of cuts when they are there, else a byte for a token", () => {
  const ast = structureOf("a/DOC.md", TEXT);
  const counted = {
    ...ast,
    sections: ast.sections.map((section) => ({
      ...section,
      blockTokens: section.blocks.map((_, index) => index + 3),
    })),
  };
  const [, title] = decodeStructure(Buffer.from(JSON.stringify(counted)), FILE).sections;
  expect(title?.cuts).toEqual([{ offset: 9, tokens: 3 }]);
  const [, plain] = decodeStructure(Buffer.from(AST), FILE).sections;
  expect(plain?.cuts).toEqual([{ offset: 9, tokens: 9 }]);
});

it("refuses a structure of other bytes", () => {
  expect(outcome(AST, { ...FILE, sha256: sha256("other") })).toBe("INTEGRITY");
  expect(outcome(AST, { ...FILE, size: FILE.size + 1 })).toBe("INTEGRITY");
});

it("refuses or reads any change of the file, and never leaves the document", () => {
  fc.assert(
    fc.property(
      fc.nat(AST.length - 1),
      fc.string({ maxLength: 3 }),
      fc.nat(3),
      (at, insert, remove) => {
        const changed = AST.slice(0, at) + insert + AST.slice(at + remove);
        expect(["INTEGRITY", "ok"]).toContain(outcome(changed, FILE));
      },
    ),
    { numRuns: 500 },
  );
});

function outcome(ast: string, file: typeof FILE): string {
  try {
    const { sections } = decodeStructure(Buffer.from(ast), file);
    const outside = sections.some(
      ({ start, end, bodyEnd }) => start < 0 || end > file.size || bodyEnd > end || start > bodyEnd,
    );
    return outside ? "outside" : "ok";
  } catch (error) {
    if (isChubError(error)) return error.code;
    throw error;
  }
}
