import type { Annotation, ShownAnnotation } from "@chub/registry";
import { oneLine } from "../one-line.ts";

/** A note as data; `id`, `note` and `updatedAt` are Context Hub's names. */
export function noteRow(note: Annotation & Partial<Pick<ShownAnnotation, "outdated">>) {
  const { id, section, language, version } = note.target;
  return {
    id,
    note: note.text,
    updatedAt: note.createdAt,
    key: note.key,
    kind: note.kind,
    scope: note.scope,
    ...(note.outdated === undefined ? {} : { outdated: note.outdated }),
    ...(section === undefined ? {} : { section }),
    ...(language === undefined ? {} : { language }),
    ...(version === undefined ? {} : { version }),
  };
}

/** Notes as a text of their own, each between lines that no document and no note can foresee. */
export function notesTexts(
  notes: readonly (Annotation & Partial<Pick<ShownAnnotation, "outdated">>)[],
  boundary: string,
): readonly string[] {
  if (notes.length === 0) return [];
  const blocks = notes.map((note) => {
    const facts = [
      `id=${note.target.id}${note.target.section === undefined ? "" : `#${oneLine(note.target.section, 120)}`}`,
      `kind=${note.kind}`,
      `scope=${note.scope}`,
      `written=${oneLine(note.createdAt, 40)}`,
      ...(note.outdated === true ? ["outdated=true"] : []),
    ];
    return `BEGIN NOTE ${boundary} ${facts.join(" ")}\n${note.text}\nEND NOTE ${boundary}`;
  });
  return [
    `Local notes, unreviewed: what somebody on this machine wrote, not part of the document.\n${blocks.join("\n")}`,
  ];
}

/** JSON Schema of a list of `noteRow`. */
export const NOTES_SCHEMA = {
  type: "array",
  description: "Local notes, unreviewed, oldest first",
  items: {
    type: "object",
    properties: {
      id: { type: "string" },
      note: { type: "string" },
      updatedAt: { type: "string" },
      key: { type: "string" },
      kind: { type: "string", enum: ["note", "issue", "fix", "practice"] },
      scope: { type: "string", enum: ["personal", "project"] },
      outdated: { type: "boolean", description: "Whether the text has changed since" },
      section: { type: "string" },
      language: { type: "string" },
      version: { type: "string" },
    },
    required: ["id", "note", "updatedAt", "key", "kind", "scope"],
  },
} as const;
