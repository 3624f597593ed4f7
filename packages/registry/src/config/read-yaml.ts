import { LineCounter, parseDocument } from "yaml";
import type { ParsedYaml } from "./kept-parse.ts";

/** What a YAML text says, and what is wrong with it. */
export interface YamlReading extends ParsedYaml {
  readonly errors: readonly { readonly place: string; readonly message: string }[];
}

/** Reads one YAML document; aliases are not followed. Errors: none, they are in the answer. */
export function readYaml(text: string): YamlReading {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: "silent",
  });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${line}:${col}`;
  };
  if (document.errors.length > 0) {
    const errors = document.errors.map(({ pos, message }) => ({
      place: at(pos[0]),
      message: message.split("\n")[0] ?? "",
    }));
    return { value: null, places: {}, errors };
  }
  const offsets = new Map<string, number>();
  collectOffsets(
    document.contents,
    { pointer: "", offset: startOf(document.contents) ?? 0 },
    offsets,
  );
  const places = Object.fromEntries([...offsets].map(([pointer, offset]) => [pointer, at(offset)]));
  const value: unknown = document.toJS({ maxAliasCount: 0 });
  return { value, places, errors: [] };
}

/** Offsets of a node and all below it, by JSON pointer; the key of a pair stands for its value. */
function collectOffsets(
  node: unknown,
  { pointer, offset }: { readonly pointer: string; readonly offset: number },
  offsets: Map<string, number>,
): void {
  if (offsets.has(pointer)) return;
  offsets.set(pointer, offset);
  const items = (node as { items?: readonly unknown[] } | null)?.items ?? [];
  for (const [index, item] of items.entries()) {
    const { key, value } = item as Pair;
    const isPair = key !== undefined;
    const name = isPair ? String((key as { value?: unknown } | null)?.value) : String(index);
    const child = isPair ? value : item;
    const place = {
      pointer: `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
      offset: startOf(key) ?? startOf(child) ?? offset,
    };
    collectOffsets(child, place, offsets);
  }
}

interface Pair {
  readonly key?: unknown;
  readonly value?: unknown;
}

function startOf(node: unknown): number | undefined {
  return (node as { range?: readonly number[] } | null | undefined)?.range?.[0];
}
