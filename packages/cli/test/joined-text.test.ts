import { expect, it } from "vitest";
import { foundStripe } from "./plain-ports.ts";
import { joinedText } from "../src/get/joined-text.ts";

const PART = { file: "DOC.md", content: "a", startLine: 1, endLine: 1, cut: false };

it("is the exact text of one part", () => {
  expect(joinedText(foundStripe({ parts: [{ ...PART, content: "\uFEFFa\r\n" }] }), false)).toBe(
    "\uFEFFa\r\n",
  );
});

it("heads several files by their names", () => {
  const parts = [PART, { ...PART, file: "references/b.md", content: "b\n" }];
  expect(joinedText(foundStripe({ parts }), false)).toBe(
    "# FILE: DOC.md\n\na\n\n---\n\n# FILE: references/b.md\n\nb\n",
  );
});

it("heads the only file when all were asked for", () => {
  expect(joinedText(foundStripe({ parts: [PART] }), true)).toBe("# FILE: DOC.md\n\na");
});

it("puts an empty line between sections", () => {
  const parts = ["## A\n", "## B\n\n", "## C", "## D\n"].map((content) => ({
    ...PART,
    content,
    section: content,
  }));
  expect(joinedText(foundStripe({ parts }), false)).toBe("## A\n\n## B\n\n## C\n\n## D\n");
});

it("is empty without parts", () => {
  expect(joinedText(foundStripe({ parts: [] }), false)).toBe("");
});
