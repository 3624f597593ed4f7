import { createTwoFilesPatch } from "diff";
import type { Annotation } from "@chub/registry";

/** A file of a text, with the notes that go into it. */
export interface NotedFile {
  /** Relative to the content root. */
  readonly path: string;
  readonly content: string;
  readonly notes: readonly PlacedNote[];
}

export interface PlacedNote {
  readonly note: Annotation;
  /** 1-based line after which the note goes: the last of its section, or of the file. */
  readonly afterLine: number;
}

/** A unified diff that writes notes into the files as quotations, for `git apply` in the content's repository. */
export function notesPatch(files: readonly NotedFile[]): string {
  return files.map(filePatch).join("");
}

function filePatch({ path, content, notes }: NotedFile): string {
  const patch = createTwoFilesPatch(
    `a/${path}`,
    `b/${path}`,
    content,
    withNotes(content, notes),
    "",
    "",
    {
      context: 3,
    },
  );
  // The line of equal signs belongs to another format; `git apply` reads from the names on.
  return patch.replace(/^=+\n/, "").replace(/^((?:---|\+\+\+) [^\t\n]*)\t$/gm, "$1");
}

function withNotes(content: string, notes: readonly PlacedNote[]): string {
  const lines = content.split("\n");
  const hasEnd = lines.at(-1) === "";
  if (hasEnd) lines.pop();
  // From the last line up, so that no place moves; of two notes at one place the older comes first.
  const placed = [...notes].sort((a, b) => b.afterLine - a.afterLine || newerFirst(a, b));
  for (const { note, afterLine } of placed) {
    let at = Math.min(afterLine, lines.length);
    while (at > 0 && (lines[at - 1] ?? "").trim() === "") at -= 1;
    lines.splice(at, 0, "", ...quotation(note));
  }
  return `${lines.join("\n")}${hasEnd ? "\n" : ""}`;
}

function newerFirst(a: PlacedNote, b: PlacedNote): number {
  return a.note.createdAt < b.note.createdAt ? 1 : -1;
}

function quotation({ kind, text }: Annotation): string[] {
  const [first = "", ...rest] = text.split("\n");
  const label = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  return [`> **${label}:** ${first}`, ...rest.map((next) => (next === "" ? ">" : `> ${next}`))];
}
