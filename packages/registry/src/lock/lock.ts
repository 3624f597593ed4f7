import type { Catalog, ResolvedText } from "../catalog/catalog.ts";
import { ChubError } from "../chub-error.ts";
import { byCodeUnit } from "../contract/code-unit-order.ts";
import { isEntryId } from "../contract/entry-id.ts";
import { sha256Of } from "../sources/read-verified.ts";

/** `chub.lock`: the texts a project reads. */
export interface Lock {
  /** Sorted by id, source, language, version. */
  readonly texts: readonly LockedText[];
}

export interface LockedText {
  /** `author/name` */
  readonly id: string;
  readonly source: string;
  readonly language: string | null;
  readonly version: string | null;
  /** sha256 over the lines `<sha256>  <path>\n` of all files of the text, in order. */
  readonly digest: string;
}

/** What pins a text that was found. Reads its files when the source has no digests. Errors: those of the catalog. */
export async function lockText(
  catalog: Catalog,
  { entry, variant }: ResolvedText,
): Promise<LockedText> {
  const { id } = entry.record;
  const known = variant.files.every(({ sha256 }) => sha256 !== undefined);
  const files = known
    ? variant.files.map(({ path, sha256 }) => ({ path, sha256 }))
    : await readDigests(catalog, { entry, variant });
  const lines = [...files]
    .sort((a, b) => byCodeUnit(a.path, b.path))
    .map(({ path, sha256 }) => `${sha256}  ${path}\n`);
  const digest = sha256Of(new TextEncoder().encode(lines.join("")));
  return { id, source: entry.source, language: variant.language, version: variant.version, digest };
}

async function readDigests(
  catalog: Catalog,
  { entry, variant }: Pick<ResolvedText, "entry" | "variant">,
): Promise<{ path: string; sha256: string }[]> {
  const answer = await catalog.get({
    ...requestFor({ ...entry.record, ...variant, source: entry.source }),
    full: true,
  });
  if (answer.outcome !== "found")
    throw new Error(`Unexpected ${answer.outcome} for a text that was resolved`);
  return answer.parts.map(({ file, content }) => ({
    path: file,
    sha256: sha256Of(new TextEncoder().encode(content)),
  }));
}

/** The request that leads to a locked text and to nothing else. */
export function requestFor({
  id,
  source,
  language,
  version,
}: Pick<LockedText, "id" | "source" | "language" | "version">): {
  readonly address: string;
  readonly language?: string;
  readonly version?: string;
} {
  return {
    address: `${source}:${id}`,
    ...(language === null ? {} : { language }),
    ...(version === null ? {} : { version }),
  };
}

/** A lock with one more text; an earlier one of the same id, source, language and version is replaced. */
export function withText(lock: Lock, text: LockedText): Lock {
  return {
    texts: [...lock.texts.filter((other) => keyOf(other) !== keyOf(text)), text].sort((a, b) =>
      byCodeUnit(keyOf(a), keyOf(b)),
    ),
  };
}

/** Text of the file: one line a text, so that a merge of two branches rarely has a conflict. */
export function encodeLock({ texts }: Lock): string {
  const lines = texts.map((text) => `    ${JSON.stringify(text)}`);
  return `{\n  "format": 1,\n  "texts": [${lines.length === 0 ? "" : `\n${lines.join(",\n")}\n  `}]\n}\n`;
}

/** Errors: ChubError CONFIG when it is no lock, FORMAT_TOO_NEW. */
export function decodeLock(text: string, path: string): Lock {
  const { format, texts } = objectOf(parse(text, path));
  if (typeof format === "number" && format > 1) {
    throw new ChubError(
      "FORMAT_TOO_NEW",
      `${path} has format ${format}, this reader knows up to 1`,
      { hint: "Install a newer chub." },
    );
  }
  if (format !== 1 || !Array.isArray(texts)) throw malformed(path, "format or texts is missing");
  const decoded = texts.map((value: unknown, index): LockedText => {
    const { id, source, language, version, digest } = objectOf(value);
    const isSound =
      typeof id === "string" &&
      isEntryId(id) &&
      typeof source === "string" &&
      isTextOrNull(language) &&
      isTextOrNull(version);
    if (!isSound || typeof digest !== "string" || !/^[0-9a-f]{64}$/.test(digest))
      throw malformed(path, `texts[${index}] is no locked text`);
    return { id, source, language, version, digest };
  });
  return decoded.reduce(withText, { texts: [] });
}

function keyOf({ id, source, language, version }: LockedText): string {
  return [id, source, language ?? "", version ?? ""].join("\n");
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw malformed(path, "it is not JSON", cause);
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === "string";
}

function malformed(path: string, why: string, cause?: unknown): ChubError {
  return new ChubError("CONFIG", `Unexpected ${path}: ${why}`, {
    hint: "Write it again with `chub lock`.",
    ...(cause === undefined ? {} : { cause }),
  });
}
