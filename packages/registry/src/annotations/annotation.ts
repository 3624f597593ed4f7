import { ChubError } from "../chub-error.ts";
import { isEntryId } from "../contract/entry-id.ts";

export const ANNOTATION_KINDS = ["note", "issue", "fix", "practice"] as const;
export type AnnotationKind = (typeof ANNOTATION_KINDS)[number];

/** What somebody noted about an entry. Never part of a document: always shown as separate, labelled data. */
export interface Annotation {
  /** Unique; names the file. */
  readonly key: string;
  readonly scope: "personal" | "project";
  readonly kind: AnnotationKind;
  readonly text: string;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
  readonly target: AnnotationTarget;
}

/** The text a note is about. */
export interface AnnotationTarget {
  /** `author/name` */
  readonly id: string;
  /** Source it was read from. */
  readonly source?: string;
  readonly language?: string;
  readonly version?: string;
  /** Slug, with the file in front when it is not the entry file. */
  readonly section?: string;
  /** sha256 of the text the note was written on: of the section, or of the entry file. */
  readonly digest?: string;
}

/** Bytes of the file of a note. */
export function encodeAnnotation({ kind, text, createdAt, target }: Annotation): Uint8Array {
  return new TextEncoder().encode(
    `${JSON.stringify({ kind, text, createdAt, target }, null, 2)}\n`,
  );
}

/** A note out of its file, or null when it is none. Takes the files of Context Hub too. */
export function decodeAnnotation(
  bytes: Uint8Array,
  place: Pick<Annotation, "key" | "scope">,
): Annotation | null {
  const json = parse(bytes);
  if (typeof json !== "object" || json === null) return null;
  const { kind, text, createdAt, target, id, note, updatedAt } = json as Readonly<
    Record<string, unknown>
  >;
  if (typeof note === "string" && typeof id === "string" && isEntryId(id)) {
    return {
      ...place,
      kind: "note",
      text: visible(note),
      createdAt: typeof updatedAt === "string" ? updatedAt : "",
      target: { id },
    };
  }
  const known = ANNOTATION_KINDS.find((one) => one === kind);
  const about = decodeTarget(target);
  if (
    known === undefined ||
    about === null ||
    typeof text !== "string" ||
    typeof createdAt !== "string"
  )
    return null;
  return { ...place, kind: known, text: visible(text), createdAt, target: about };
}

/**
 * Refuses a text that could not be shown safely, or is too long to be a note.
 *
 * Errors: ChubError USAGE.
 */
export function requireNoteText(text: string): void {
  const size = new TextEncoder().encode(text).length;
  if (text.trim() === "") throw unusable("it is empty");
  if (size > MAX_BYTES) throw unusable(`it has ${size} bytes, more than ${MAX_BYTES}`);
  const hidden = HIDDEN.exec(text)?.[0];
  if (hidden !== undefined)
    throw unusable(
      `it has the invisible character U+${(hidden.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
    );
}

/** A file can have been written by anything: what would hide or reorder text is shown as its number. */
function visible(text: string): string {
  return text.replaceAll(
    new RegExp(HIDDEN, "gu"),
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

function decodeTarget(value: unknown): AnnotationTarget | null {
  if (typeof value !== "object" || value === null) return null;
  const { id, ...rest } = value as Readonly<Record<string, unknown>>;
  if (typeof id !== "string" || !isEntryId(id)) return null;
  const texts = TARGET_KEYS.flatMap((key) =>
    typeof rest[key] === "string" ? [[key, rest[key]] as const] : [],
  );
  return { id, ...Object.fromEntries(texts) };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

function unusable(why: string): ChubError {
  return new ChubError("USAGE", `Unexpected note: ${why}`, {
    hint: `A note is visible text of at most ${MAX_BYTES} bytes.`,
  });
}

const MAX_BYTES = 4096;
const TARGET_KEYS = ["source", "language", "version", "section", "digest"] as const;
/** Controls apart from tab and line feed, lone surrogates, and characters that hide or reorder text. */
const HIDDEN =
  /(?![\t\n])\p{Cc}|[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\uffff\u{e0000}-\u{e0fff}]/u;
