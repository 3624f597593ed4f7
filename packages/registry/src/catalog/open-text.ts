import { ChubError } from "../chub-error.ts";
import { astPathOf } from "../contract/contract.ts";
import { decodeStructure, type DocumentStructure } from "../sections/document-structure.ts";
import type { LoadedFile } from "../sections/text-parts.ts";
import { readVerified, sha256Of } from "../sources/read-verified.ts";
import type { FileRecord, Variant } from "./entry-record.ts";
import type { OpenSource } from "./open-source.ts";

/** The files of one text, read when they are asked for. */
export interface OpenText {
  readonly open: OpenSource;
  readonly variant: Variant;
  readonly signal?: AbortSignal | undefined;
}

/** What to read besides the bytes. */
export type Depth = "bytes" | "structure";

/**
 * A file of a text, its digest checked where the source gives one. Null when the text has no such file.
 *
 * Errors: ChubError INTEGRITY when the bytes are not those of the catalog, NO_DATA when they are missing.
 */
export async function loadFile(
  { open, variant, signal }: OpenText,
  path: string,
  depth: Depth,
): Promise<LoadedFile | null> {
  const record = variant.files.find((file) => file.path === path);
  if (record === undefined) return null;
  const artifactPath = `${variant.path}/${path}`;
  const bytes = await readVerified(open.source, {
    path: artifactPath,
    sha256: record.sha256,
    maxBytes: MAX_DOCUMENT_BYTES,
    signal,
  });
  if (bytes === null) throw missing(open, artifactPath);
  const structure =
    depth === "structure"
      ? await loadStructure(open, { artifactPath, record, bytes, signal })
      : null;
  const tokens = path === variant.entryFile ? variant.tokens : undefined;
  return {
    path,
    bytes,
    ...(record.sha256 === undefined ? {} : { sha256: record.sha256 }),
    structure,
    ...(tokens === undefined ? {} : { tokens }),
  };
}

/** Paths of the Markdown files of a text that have a structure, the entry file first. */
export function structuredFiles(variant: Variant): readonly string[] {
  const paths = variant.files.flatMap(({ path, astSha256 }) =>
    astSha256 === undefined ? [] : [path],
  );
  return [variant.entryFile, ...paths.filter((path) => path !== variant.entryFile)].filter((path) =>
    paths.includes(path),
  );
}

interface StructureRead {
  readonly artifactPath: string;
  readonly record: FileRecord;
  readonly bytes: Uint8Array;
  readonly signal: AbortSignal | undefined;
}

async function loadStructure(
  open: OpenSource,
  { artifactPath, record, bytes, signal }: StructureRead,
): Promise<DocumentStructure | null> {
  if (record.astSha256 === undefined) return null;
  const ast = await readVerified(open.source, {
    path: astPathOf(artifactPath),
    sha256: record.astSha256,
    maxBytes: MAX_AST_BYTES,
    signal,
  });
  if (ast === null) throw missing(open, astPathOf(artifactPath));
  return decodeStructure(ast, {
    path: artifactPath,
    sha256: record.sha256 ?? sha256Of(bytes),
    size: bytes.length,
  });
}

function missing({ source }: OpenSource, path: string): ChubError {
  return new ChubError(
    "NO_DATA",
    `Source ${source.name} has no file ${path}, although its registry lists it`,
    {
      hint: source.kind === "path" ? `Build ${source.location} again.` : "Run `chub update`.",
    },
  );
}

const MAX_DOCUMENT_BYTES = 1024 * 1024;
const MAX_AST_BYTES = 16 * 1024 * 1024;
