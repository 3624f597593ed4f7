import type { ShownAnnotation } from "@chub/registry";
import { line, toned } from "../reply.ts";
import type { Line } from "../reply.ts";

/** Local notes in words: every line of a note is indented, so that none can pass for a line of ours. */
export function noteLines(notes: readonly ShownAnnotation[]): Line[] {
  return notes.flatMap((note) => [
    line(toned("cyan", `[Agent note — ${note.createdAt}] ${facts(note)}`)),
    ...note.text.split("\n").map((text) => line(`  ${text}`)),
  ]);
}

/** A note as data; `id`, `note` and `updatedAt` are Context Hub's names. */
export function noteJson(note: ShownAnnotation) {
  const { section, language, version } = note.target;
  return {
    id: note.target.id,
    note: note.text,
    updatedAt: note.createdAt,
    key: note.key,
    kind: note.kind,
    scope: note.scope,
    outdated: note.outdated,
    ...(section === undefined ? {} : { section }),
    ...(language === undefined ? {} : { language }),
    ...(version === undefined ? {} : { version }),
  };
}

/** The notes of a text under --json: all of them, and the newest under Context Hub's key. */
export function notesJson(notes: readonly ShownAnnotation[]) {
  const newest = notes.at(-1);
  if (newest === undefined) return {};
  return { annotation: noteJson(newest), annotations: notes.map(noteJson) };
}

function facts({ target, kind, scope, outdated }: ShownAnnotation): string {
  const section = target.section === undefined ? "" : `#${target.section}`;
  const age = outdated ? ", the text has changed since" : "";
  return `${target.id}${section}: ${kind}, ${scope}, unreviewed${age}`;
}
