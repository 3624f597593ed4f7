import { astPathOf } from "@chub/registry";
import type { Slice } from "./file-memory.ts";
import type { FileOutline } from "./4-lint/file-outline.ts";
import type { ArtifactPart } from "./7-index/artifact.ts";
import type { FileSummary, SearchText } from "./7-index/file-summary.ts";
import type { LintedSource } from "./linted-source.ts";

/** What linting one file gave, as bytes. What only a finding needs stands apart, so that most runs do not read it. */
export function packLinted({ outline, ...found }: LintedSource): readonly Uint8Array[] {
  if (outline === null) return [jsonOf({ ...found, outline })];
  const { headings, places, suppressions, ...read } = outline;
  return [jsonOf({ ...found, outline: read }), jsonOf({ headings, places, suppressions })];
}

export function unpackLinted([main, rest]: readonly Slice[]): LintedSource {
  const { outline, ...found } = parse<PackedLinted>(main!());
  return { ...found, outline: outline === null ? null : lateOutline(outline, rest!) };
}

type LateKeys = "headings" | "places" | "suppressions";

interface PackedLinted extends Omit<LintedSource, "outline"> {
  readonly outline: Omit<FileOutline, LateKeys> | null;
}

/** An outline that reads its larger half when somebody asks for it. */
function lateOutline(read: Omit<FileOutline, LateKeys>, rest: Slice): FileOutline {
  let late: Pick<FileOutline, LateKeys> | null = null;
  const load = (): Pick<FileOutline, LateKeys> =>
    (late ??= parse<Pick<FileOutline, LateKeys>>(rest()));
  return {
    ...read,
    get headings() {
      return load().headings;
    },
    get places() {
      return load().places;
    },
    get suppressions() {
      return load().suppressions;
    },
  };
}

/** The structure of a file: its AST, its text for search, and what the indexes read of it. */
export interface FileStructure {
  readonly summary: Pick<FileSummary, "path" | "tokens" | "verified">;
  readonly search: SearchText;
  readonly ast: Uint8Array;
  /** sha256 of the AST, hex. */
  readonly astSha256: string;
}

export function packStructure(structure: FileStructure): readonly Uint8Array[] {
  const { summary, search, ast, astSha256 } = structure;
  return [jsonOf({ summary, astSha256, astSize: ast.length }), jsonOf(search), ast];
}

/** What the indexes need; text and AST are read when they are asked for. */
export function unpackStructure([main, search, ast]: readonly Slice[]): FileSummary {
  const { summary, astSha256, astSize } = parse<PackedStructure>(main!());
  const part: ArtifactPart = {
    path: astPathOf(summary.path),
    size: astSize,
    sha256: astSha256,
    bytes: ast!,
  };
  return { ...summary, ast: part, search: () => parse<SearchText>(search!()) };
}

interface PackedStructure extends Pick<FileStructure, "summary" | "astSha256"> {
  readonly astSize: number;
}

function jsonOf(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value), "utf8");
}

function parse<T>(bytes: Uint8Array): T {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  return JSON.parse(text) as T;
}
