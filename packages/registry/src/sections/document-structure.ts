import { ChubError } from "../chub-error.ts";

/** What a reader needs of an AST to cut a document: its sections and the names its code uses. */
export interface DocumentStructure {
  /** o200k_base tokens of the whole file. */
  readonly tokens: number;
  /** In document order; the own texts, one after another, are the file. */
  readonly sections: readonly StructuredSection[];
  readonly identifiers: readonly { readonly name: string; readonly sections: readonly number[] }[];
}

export interface StructuredSection {
  readonly slug: string;
  readonly heading: string;
  readonly depth: number;
  /** Headings from the outermost to this one. */
  readonly path: readonly string[];
  /** Byte offsets: the section is `start` to `end`, its own text `start` to `bodyEnd`. */
  readonly start: number;
  readonly bodyEnd: number;
  readonly end: number;
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  readonly tokens: number;
  readonly bodyTokens: number;
  /** Where the own text may be cut, ascending, each with an upper bound of the tokens before it. */
  readonly cuts: readonly CutPoint[];
}

export interface CutPoint {
  /** Byte offset in the file. */
  readonly offset: number;
  readonly tokens: number;
}

/**
 * Reads an AST file that belongs to the given bytes.
 *
 * Only what is used is read, and all of that is checked: every offset lies in the file, the own texts
 * fill it. Errors: ChubError INTEGRITY.
 */
export function decodeStructure(
  ast: Uint8Array,
  file: { path: string; sha256: string; size: number },
): DocumentStructure {
  const json = parseObject(ast, file.path);
  const source = object(json["source"], file.path);
  if (source["sha256"] !== file.sha256) throw malformed(file.path, "it was made from other bytes");
  const sections = list(json["sections"], file.path).map((section) => decodeSection(section, file));
  let position = 0;
  for (const { start, bodyEnd, end } of sections) {
    if (start !== position || bodyEnd < start || end < bodyEnd || end > file.size)
      throw malformed(file.path, "its sections do not fill the file");
    position = bodyEnd;
  }
  if (position !== file.size) throw malformed(file.path, "its sections do not fill the file");
  const identifiers = list(json["identifiers"], file.path).map((value) => {
    const identifier = object(value, file.path);
    const uses = list(identifier["sections"], file.path).map((index) => count(index, file.path));
    if (uses.some((index) => index >= sections.length))
      throw malformed(file.path, "an identifier leads to no section");
    return { name: text(identifier["name"], file.path), sections: uses };
  });
  return { tokens: count(json["tokens"], file.path), sections, identifiers };
}

function decodeSection(value: unknown, { path }: { path: string }): StructuredSection {
  const section = object(value, path);
  const range = object(section["range"], path);
  const [start, end] = [object(range["start"], path), object(range["end"], path)];
  const startLine = count(start["line"], path);
  const endLine = count(end["line"], path);
  const startOffset = count(start["offset"], path);
  const bodyEnd = count(section["bodyEnd"], path);
  return {
    slug: text(section["slug"], path),
    heading: text(section["heading"], path),
    depth: count(section["depth"], path),
    path: list(section["path"], path).map((heading) => text(heading, path)),
    start: startOffset,
    bodyEnd,
    end: count(end["offset"], path),
    startLine,
    // The end is exclusive: in the first column it stands on the line after the last one.
    endLine: end["column"] === 1 ? Math.max(startLine, endLine - 1) : endLine,
    tokens: count(section["tokens"], path),
    bodyTokens: count(section["bodyTokens"], path),
    cuts: decodeCuts(section, { path, start: startOffset, bodyEnd }),
  };
}

/** Without counts a byte is an upper bound: every token of a byte-level encoding has at least one. */
function decodeCuts(
  section: Readonly<Record<string, unknown>>,
  own: { path: string; start: number; bodyEnd: number },
): CutPoint[] {
  const counts =
    section["blockTokens"] === undefined ? null : list(section["blockTokens"], own.path);
  const cuts = list(section["blocks"], own.path).map((block, index): CutPoint => {
    const offset = count(block, own.path);
    return {
      offset,
      tokens: counts === null ? offset - own.start : count(counts[index], own.path),
    };
  });
  const ascending = cuts.every(
    ({ offset }, index) =>
      offset >= (cuts[index - 1]?.offset ?? own.start) && offset <= own.bodyEnd,
  );
  if (!ascending) throw malformed(own.path, "its blocks are out of order");
  return cuts.filter(({ offset }) => offset > own.start);
}

function parseObject(bytes: Uint8Array, path: string): Readonly<Record<string, unknown>> {
  try {
    return object(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)), path);
  } catch (cause) {
    if (cause instanceof ChubError) throw cause;
    throw malformed(path, "it is not JSON", cause);
  }
}

function object(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw malformed(path, "an object is missing");
  return value as Readonly<Record<string, unknown>>;
}

function list(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw malformed(path, "a list is missing");
  return value;
}

function text(value: unknown, path: string): string {
  if (typeof value !== "string") throw malformed(path, "a text is missing");
  return value;
}

function count(value: unknown, path: string): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    throw malformed(path, "a number is missing");
  return value as number;
}

function malformed(path: string, why: string, cause?: unknown): ChubError {
  return new ChubError("INTEGRITY", `Unexpected structure of ${path}: ${why}`, {
    hint: "Build the artifact again, or fetch it again with `chub update`.",
    ...(cause === undefined ? {} : { cause }),
  });
}
