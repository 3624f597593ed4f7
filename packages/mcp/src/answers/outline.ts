import type { OutlineItem } from "@chub/registry";
import { oneLine } from "../one-line.ts";

/** Sections as rows: what there is, how large it is, how to get it. */
export function outlineRows(items: readonly OutlineItem[]) {
  return items.map(({ address, file, heading, depth, startLine, endLine, tokens, bodyTokens }) => ({
    address,
    file,
    heading: oneLine(heading, MAX_HEADING),
    depth,
    startLine,
    endLine,
    tokens,
    bodyTokens,
  }));
}

/** One line a section, indented by depth. */
export function outlineLines(items: readonly OutlineItem[]): readonly string[] {
  const top = items.reduce((least, { depth }) => Math.min(least, depth), Infinity);
  return items.map(
    ({ address, heading, depth, tokens }) =>
      `${"  ".repeat(depth - top)}- ${oneLine(heading, MAX_HEADING)} (${address}, ${tokens} tokens)`,
  );
}

/** JSON Schema of `outlineRows`. */
export const OUTLINE_SCHEMA = {
  type: "array",
  items: {
    type: "object",
    properties: {
      address: { type: "string", description: "id for chub_get" },
      file: { type: "string" },
      heading: { type: "string" },
      depth: { type: "integer" },
      startLine: { type: "integer" },
      endLine: { type: "integer" },
      tokens: { type: "integer", description: "With sub-sections" },
      bodyTokens: { type: "integer", description: "Own text only" },
    },
    required: ["address", "file", "heading", "depth", "tokens"],
  },
} as const;

const MAX_HEADING = 160;
