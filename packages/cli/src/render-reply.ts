import type { Block, Reply } from "./reply.ts";
import { renderBlock } from "./terminal/render-block.ts";
import type { StreamTraits } from "./terminal/render-block.ts";

export interface RenderedReply {
  readonly stdout: string;
  readonly stderr: string;
  /** stderr, to be written after stdout. */
  readonly after: string;
}

/**
 * The two streams of a reply.
 *
 * With --json stdout is one JSON value and stderr is empty, so that `2>&1` cannot spoil it; its strings are
 * escaped beyond what JSON needs when stdout is a terminal, which changes no value.
 */
export function renderReply(
  reply: Reply,
  streams: { readonly json: boolean; readonly stdout: StreamTraits; readonly stderr: StreamTraits },
): RenderedReply {
  if (streams.json) {
    const text = JSON.stringify(reply.json, null, 2);
    return {
      stdout: `${streams.stdout.isTerminal ? escapeControls(text) : text}\n`,
      stderr: "",
      after: "",
    };
  }
  return {
    stdout: renderBlocks(reply.out, streams.stdout),
    stderr: renderBlocks(reply.err, streams.stderr),
    after: renderBlocks(reply.after ?? [], streams.stderr),
  };
}

function renderBlocks(blocks: readonly Block[], stream: StreamTraits): string {
  return blocks.map((block) => renderBlock(block, stream)).join("");
}

function escapeControls(json: string): string {
  return json.replace(TERMINAL_CONTROLS, (match) =>
    match
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

// JSON.stringify escapes C0 itself; DEL, C1, bidirectional controls and the surrogates of tag characters are left.
const TERMINAL_CONTROLS =
  /[\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]|\uDB40[\uDC00-\uDC7F]/g;
