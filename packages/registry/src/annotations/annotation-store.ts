import { randomBytes } from "node:crypto";
import {
  constants,
  closeSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { writeAtomic } from "../cache/atomic-write.ts";
import { ChubError } from "../chub-error.ts";
import { byCodeUnit } from "../contract/code-unit-order.ts";
import { isEntryId } from "../contract/entry-id.ts";
import {
  decodeAnnotation,
  encodeAnnotation,
  requireNoteText,
  type Annotation,
  type AnnotationKind,
  type AnnotationTarget,
} from "./annotation.ts";

/** Notes of the user and of the project. No cache: what another process wrote is there at the next call. */
export interface AnnotationStore {
  /** Adds a note; earlier ones stay. Errors: ChubError USAGE, LOCAL_IO. */
  add(note: NewAnnotation): Annotation;
  /** Notes about an entry, or all; oldest first. */
  list(id?: string): AnnotationList;
  /** Whether there was a note with this key. Errors: ChubError LOCAL_IO. */
  remove(key: string): boolean;
}

export interface AnnotationList {
  readonly annotations: readonly Annotation[];
  /** Files that are no notes, each a sentence. */
  readonly problems: readonly string[];
}

/** A note about a text that was found: the target comes from `annotationTarget`, so that unknown ids cannot be noted. */
export interface NewAnnotation {
  readonly scope: Annotation["scope"];
  readonly kind: AnnotationKind;
  readonly text: string;
  readonly target: AnnotationTarget;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
}

export interface AnnotationFolders {
  /** `annotations` in the user's chub folder. */
  readonly personal: string;
  /** `.chub/annotations` of the project; absent: notes cannot be added there. */
  readonly project?: string;
}

/**
 * Notes in folders: one file a note, `<author>/<name>/<key>.json`, so that writers never meet and a merge
 * of two branches has no conflict. Files of Context Hub at the top of the folder are read as well.
 */
export function openAnnotations(folders: AnnotationFolders): AnnotationStore {
  const scopes = [
    { scope: "personal" as const, folder: folders.personal },
    ...(folders.project === undefined
      ? []
      : [{ scope: "project" as const, folder: folders.project }]),
  ];
  return {
    add(note) {
      requireNoteText(note.text);
      const place = scopes.find(({ scope }) => scope === note.scope);
      if (place === undefined)
        throw new ChubError("USAGE", "There is no project to keep the note in", {
          hint: "Keep it as a personal note.",
        });
      const annotation: Annotation = {
        ...note,
        key: `${note.createdAt.replaceAll(/\D/g, "")}-${randomBytes(6).toString("hex")}`,
      };
      const parts = note.target.id.split("/");
      requireNoLinks(place.folder, parts);
      writeAtomic(
        join(place.folder, ...parts, `${annotation.key}.json`),
        encodeAnnotation(annotation),
      );
      return annotation;
    },
    list(id) {
      const found = scopes.flatMap(({ scope, folder }) =>
        noteFiles(folder, id).map((path) => readNote(path, scope)),
      );
      const annotations = found
        .filter((one) => typeof one !== "string")
        .filter(({ target }) => id === undefined || target.id === id);
      const sorted = annotations.sort(
        (a, b) => byCodeUnit(a.createdAt, b.createdAt) || byCodeUnit(a.key, b.key),
      );
      return { annotations: sorted, problems: found.filter((one) => typeof one === "string") };
    },
    remove(key) {
      const paths = scopes
        .flatMap(({ folder }) => noteFiles(folder, undefined))
        .filter((path) => keyOf(path) === key);
      for (const path of paths) rmSync(path, { force: true });
      return paths.length > 0;
    },
  };
}

/** Paths of the files that may be notes about an entry, or about any. */
function noteFiles(folder: string, id: string | undefined): string[] {
  if (id !== undefined && !isEntryId(id)) return [];
  const old = namesIn(folder, "file").filter(
    (name) => id === undefined || name === `${id.replaceAll("/", "--")}.json`,
  );
  const authors = namesIn(folder, "folder");
  const ids =
    id === undefined
      ? authors.flatMap((author) => [
          author,
          ...namesIn(join(folder, author), "folder").map((name) => join(author, name)),
        ])
      : [id];
  const own = ids.flatMap((one) =>
    namesIn(join(folder, one), "file").map((name) => join(one, name)),
  );
  return [...old, ...own]
    .filter((path) => path.endsWith(".json"))
    .map((path) => join(folder, path));
}

/** Names in a folder, sorted; dotfiles and links are left out. */
function namesIn(folder: string, kind: "file" | "folder"): string[] {
  try {
    if (lstatSync(folder).isSymbolicLink()) return [];
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries
      .filter(
        (entry) =>
          !entry.name.startsWith(".") && (kind === "file" ? entry.isFile() : entry.isDirectory()),
      )
      .map(({ name }) => name)
      .sort(byCodeUnit);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    throw new ChubError(
      "LOCAL_IO",
      `Cannot read the notes in ${folder} (${code ?? String(error)})`,
      { hint: "Check the permissions of the folder.", cause: error },
    );
  }
}

function readNote(path: string, scope: Annotation["scope"]): Annotation | string {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    return `${path}: cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
  }
  try {
    if (fstatSync(descriptor).size > MAX_FILE_BYTES) return `${path}: larger than a note can be`;
    const note = decodeAnnotation(readFileSync(descriptor), { key: keyOf(path), scope });
    if (note === null) return `${path}: not a note`;
    return isInPlace(path, note.target.id) ? note : `${path}: it is about another entry`;
  } finally {
    closeSync(descriptor);
  }
}

/** `<author>/<name>/<key>.json`, or `<author>--<name>.json` as Context Hub has it. */
function isInPlace(path: string, id: string): boolean {
  const [name = "", author = ""] = path.split(/[\\/]/).slice(-3, -1).reverse();
  return `${author}/${name}` === id || keyOf(path) === id.replaceAll("/", "--");
}

/** A link in the way could lead the note into any other file of the user. */
function requireNoLinks(folder: string, parts: readonly string[]): void {
  const folders = ["", ...parts].map((_, index) => join(folder, ...parts.slice(0, index)));
  const link = folders.find(isLink);
  if (link !== undefined)
    throw new ChubError("LOCAL_IO", `Refused to write a note through the link ${link}`, {
      hint: "Replace the link by a folder.",
    });
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  } catch (error) {
    // A file stands where a folder should: writing will say so.
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return false;
    throw error;
  }
}

function keyOf(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? "").replace(/\.json$/, "");
}

const MAX_FILE_BYTES = 64 * 1024;
