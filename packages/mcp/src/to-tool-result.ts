import type { CallToolResult } from "@modelcontextprotocol/server";
import { failureOf, failureText } from "./failure.ts";
import type { ToolAnswer } from "./tools/tool.ts";

/** An answer in MCP's words: structured for programs, one text block for each part. */
export function toToolResult({ structured, texts }: ToolAnswer): CallToolResult {
  return {
    content: texts.map((text) => ({ type: "text", text })),
    structuredContent: { ...structured },
  };
}

/**
 * A failure as a result of the tool, which a model reads and acts on.
 *
 * It has no structured content: older clients check that against the output schema even in errors.
 */
export function toToolError(thrown: unknown): CallToolResult {
  return { content: [{ type: "text", text: failureText(failureOf(thrown)) }], isError: true };
}
