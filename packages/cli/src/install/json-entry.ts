import { isDeepStrictEqual } from "node:util";
import { applyEdits, findNodeAtLocation, getNodeValue, modify, parseTree } from "jsonc-parser";
import type { Node, ParseError } from "jsonc-parser";
import { ChubError } from "@chub/registry/errors";
import { quoteInput } from "../terminal/neutralise.ts";

export interface JsonPlace {
  /** As in messages. */
  readonly path: string;
  readonly keys: readonly string[];
}

/**
 * The text with a value at the keys; comments and order of the rest stay.
 *
 * Null when something else is there: it is the user's. Errors: ChubError CONFIG when the text is not JSON.
 */
export function withEntry(text: string, place: JsonPlace, value: unknown): string | null {
  const keys = [...place.keys];
  const root = text.trim() === "" ? undefined : parsed(text, place.path);
  const present = root === undefined ? undefined : findNodeAtLocation(root, keys);
  if (present !== undefined) return isDeepStrictEqual(getNodeValue(present), value) ? text : null;
  if (root === undefined) return `${JSON.stringify(nested(keys, value), null, 2)}\n`;
  return applyEdits(text, modify(text, keys, value, { formattingOptions: layoutOf(text) }));
}

/** The text without the value at the keys. Errors: ChubError CONFIG. */
export function withoutEntry(text: string, place: JsonPlace): string {
  parsed(text, place.path);
  const options = { formattingOptions: layoutOf(text) };
  return applyEdits(text, modify(text, [...place.keys], undefined, options));
}

function parsed(text: string, path: string): Node {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  if (root?.type === "object" && errors.length === 0) return root;
  throw new ChubError(
    "CONFIG",
    `${quoteInput(path, 200)} is not a JSON object that can be edited`,
    {
      hint: "Mend it, or leave the MCP entry out with --only skill,rule",
    },
  );
}

function nested(keys: readonly string[], value: unknown): unknown {
  return keys.reduceRight((inner, key) => ({ [key]: inner }), value);
}

function layoutOf(text: string) {
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? "  ";
  return {
    insertSpaces: !indent.startsWith("\t"),
    tabSize: indent.startsWith("\t") ? 1 : indent.length,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
}
