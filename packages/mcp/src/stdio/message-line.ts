import type { JSONRPCMessage } from "@modelcontextprotocol/server";

/**
 * A message as a line. Controls and bidirectional marks, which JSON leaves as they are, are escaped:
 * the value is the same, and a log of the traffic can be shown on a terminal.
 */
export function messageLine(message: JSONRPCMessage): string {
  const json = JSON.stringify(message);
  return `${UNSAFE.test(json) ? json.replace(UNSAFE_ALL, escaped) : json}\n`;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

const UNSAFE_CLASS = "[\\u007F-\\u009F\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u2069]";
const UNSAFE = new RegExp(UNSAFE_CLASS, "u");
const UNSAFE_ALL = new RegExp(UNSAFE_CLASS, "gu");
