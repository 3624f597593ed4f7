import type { Block } from "../src/reply.ts";
import { renderBlock } from "../src/terminal/render-block.ts";

/** Blocks as a pipe gets them. */
export function replyText(blocks: readonly Block[]): string {
  return blocks
    .map((block) => renderBlock(block, { isTerminal: false, hasColour: false, columns: 80 }))
    .join("");
}
