import {
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResponse,
  ProtocolErrorCode,
  type JSONRPCMessage,
  type RequestId,
} from "@modelcontextprotocol/server";

export type ReadMessage =
  | { readonly kind: "message"; readonly message: JSONRPCMessage }
  /** To be answered with an error; the id is null when it could not be read. */
  | {
      readonly kind: "refused";
      readonly id: RequestId | null;
      readonly code: number;
      readonly reason: string;
    }
  /** An empty line. */
  | { readonly kind: "nothing" }
  /** Not meant as a message at all. */
  | { readonly kind: "noise" };

/**
 * Reads one line of the protocol.
 *
 * What begins like JSON and is none, is refused; any other text (a log line of a wrapper, an HTTP
 * request) is noise, which nobody waits for an answer to. Of two keys of the same name the last counts.
 */
export function readMessage(line: Uint8Array): ReadMessage {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(line);
  } catch {
    return refused(null, ProtocolErrorCode.ParseError, "Parse error: the message is not UTF-8");
  }
  const trimmed = text.trim();
  if (text.startsWith(BYTE_ORDER_MARK))
    return refused(
      null,
      ProtocolErrorCode.ParseError,
      "Parse error: the message begins with a byte order mark",
    );
  if (trimmed === "") return { kind: "nothing" };
  if (!trimmed.startsWith("{") && !trimmed.startsWith("[")) return { kind: "noise" };
  let value: unknown;
  try {
    value = JSON.parse(trimmed);
  } catch {
    return refused(null, ProtocolErrorCode.ParseError, "Parse error: the message is not JSON");
  }
  if (Array.isArray(value))
    return refused(
      null,
      ProtocolErrorCode.InvalidRequest,
      "Invalid request: batches are not part of the protocol",
    );
  if (isJSONRPCRequest(value) || isJSONRPCNotification(value) || isJSONRPCResponse(value))
    return { kind: "message", message: value };
  return refused(
    idOf(value),
    ProtocolErrorCode.InvalidRequest,
    "Invalid request: expected a message of JSON-RPC 2.0",
  );
}

/** The answer to a message that could not be read. JSON-RPC wants the id null where it is not known. */
export function refusalLine({
  id,
  code,
  reason,
}: Extract<ReadMessage, { kind: "refused" }>): string {
  return `${JSON.stringify({ jsonrpc: "2.0", id, error: { code, message: reason } })}\n`;
}

function refused(id: RequestId | null, code: number, reason: string): ReadMessage {
  return { kind: "refused", id, code, reason };
}

function idOf(value: unknown): RequestId | null {
  const id = typeof value === "object" && value !== null && "id" in value ? value.id : null;
  return (typeof id === "string" && id.length <= MAX_ID) || typeof id === "number" ? id : null;
}

const BYTE_ORDER_MARK = "\uFEFF";
const MAX_ID = 200;
