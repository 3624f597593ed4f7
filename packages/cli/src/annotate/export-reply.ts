import type { Annotation, Catalog, FoundText } from "@chub/registry";
import type { Reader } from "../ports.ts";
import { documentText, done, line, toned } from "../reply.ts";
import type { Reply } from "../reply.ts";
import { withoutUndefined } from "../without-undefined.ts";
import { notesPatch, type NotedFile, type PlacedNote } from "./notes-patch.ts";

/** The notes on a text as a patch for its author. Errors: those of the catalog. */
export async function exportReply(found: FoundText, reader: Reader): Promise<Reply> {
  const notes = await reader.notesOn(found);
  const placed = await Promise.all(notes.map((note) => placeOf(note, found, reader.catalog)));
  const files = new Map<string, NotedFile>();
  for (const { file, ...rest } of placed) {
    const known = files.get(file.path);
    files.set(file.path, { ...file, notes: [...(known?.notes ?? []), rest] });
  }
  const patch = notesPatch([...files.values()]);
  const outdated = notes.filter((note) => note.outdated).length;
  const { id } = found.entry.record;
  return done({
    out: patch === "" ? [] : [documentText(patch)],
    err: [
      line(
        notes.length === 0
          ? `No notes on ${id}.`
          : `${notes.length} ${notes.length === 1 ? "note" : "notes"} on ${id}. Review the patch, then run \`git apply\` in the content folder`,
      ),
      ...(outdated === 0
        ? []
        : [line(toned("yellow", `Warning: ${outdated} written for an older text`))]),
    ],
    json: { id, notes: notes.length, outdated, patch },
  });
}

interface FoundPlace extends PlacedNote {
  readonly file: Omit<NotedFile, "notes">;
}

/** After the section the note was written on, as far as it is still there; else at the end of the entry file. */
async function placeOf(
  note: Annotation,
  { entry, variant }: FoundText,
  catalog: Catalog,
): Promise<FoundPlace> {
  const address = `${entry.source}:${entry.record.id}`;
  const named = withoutUndefined({
    language: variant.language ?? undefined,
    version: variant.version ?? undefined,
  });
  const { section } = note.target;
  const answer =
    section === undefined ? null : await catalog.get({ address, ...named, sections: [section] });
  const part = answer?.outcome === "found" ? answer.parts[0] : undefined;
  const path = part?.file ?? variant.entryFile;
  const whole = await catalog.get({ address, ...named, files: [path] });
  const content = whole.outcome === "found" ? (whole.parts[0]?.content ?? "") : "";
  return {
    note,
    afterLine: part?.endLine ?? content.split("\n").length,
    file: { path: `${variant.path}/${path}`, content },
  };
}
