import type { Node, Parent, Root } from "mdast";

/**
 * Why a text is not given to the parser, or null.
 *
 * Markdown engines take quadratic time or overflow the stack on input that nests without end. What makes them do
 * so can be counted in one pass: container marks at the start of a line, and openers within one paragraph.
 */
export function parseLimitProblem(text: string): string | null {
  if (text.length > MAX_LENGTH)
    return `Unexpected length of ${text.length} characters, expected at most ${MAX_LENGTH}`;
  if (text.length < MAX_DEPTH) return null;
  for (const line of text.matchAll(CONTAINER_MARKS)) {
    const marks = line[0].replace(/[^>*+\-.)]/g, "").length;
    if (marks > MAX_DEPTH)
      return `Unexpected nesting of ${marks} quotes or lists, expected at most ${MAX_DEPTH}`;
  }
  return null;
}

/** Why a tree is not used, or null. */
export function treeLimitProblem(root: Root): string | null {
  let level: Node[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return `Unexpected nesting of more than ${MAX_DEPTH} levels`;
    const next: Node[] = [];
    for (const node of level) {
      if (!("children" in node)) continue;
      for (const child of (node as Parent).children) next.push(child);
    }
    level = next;
  }
  return null;
}

/** UTF-16 code units; a document of 256 KiB of ASCII, about five times the largest known. */
const MAX_LENGTH = 262_144;
const MAX_DEPTH = 64;
/** Lines that start with more than 64 marks of block quotes, bullets or ordered lists. */
const CONTAINER_MARKS = /^(?:[ \t]*(?:>|[*+-](?=[ \t])|\d{1,9}[.)](?=[ \t]))){65,}/gm;
