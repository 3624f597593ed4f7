import { placeOf } from "../file-outline.ts";
import { defineProjectRule, type Project } from "../project-rule.ts";

export const frontmatterRevisionBump = defineProjectRule({
  id: "frontmatter/revision-bump",
  code: "CHUB1113",
  severity: "error",
  summary: "`revision` is higher than in the base when the text of the entry changed.",
  why: "Readers, their notes and their lock files see that a text changed for the same version only by its revision.",
  help: "Count `revision` up by one. Checked when `chubc lint` is given a `--base`.",
  check({ entries, outlines, changes }, report) {
    if (changes === null) return;
    const folders = new Set(entries.map(({ folder }) => folder));
    for (const { path, folder, revision } of entries) {
      const before = changes.get(path);
      // Without a change of its own, an entry file has in the base the revision it has here.
      const known = before === undefined ? revision : before.revision;
      if (known === null || known === undefined || (revision ?? 0) > known) continue;
      const changed = changedText({ path, folder, folders }, changes);
      if (changed === null) continue;
      report({
        file: path,
        range: placeOf(outlines.get(path), "metadata.revision"),
        message: `Unexpected revision ${revision ?? "of nothing"}, expected ${known + 1} or more: \`${changed}\` changed`,
      });
    }
  },
});

interface Entry {
  readonly path: string;
  readonly folder: string;
  readonly folders: ReadonlySet<string>;
}

/** The first file of the entry whose text changed; files below another entry are that entry's. */
function changedText(entry: Entry, changes: NonNullable<Project["changes"]>): string | null {
  if (changes.get(entry.path)?.textChanged === true) return entry.path;
  for (const [path, { textChanged }] of changes) {
    if (textChanged && nearestFolder(path, entry.folders) === entry.folder) {
      // Several entry files can stand in nested folders; companions belong to the innermost one.
      if (!/(?:^|\/)(?:DOC|SKILL)\.md$/.test(path)) return path;
    }
  }
  return null;
}

function nearestFolder(path: string, folders: ReadonlySet<string>): string | null {
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
    const folder = path.slice(0, at);
    if (folders.has(folder)) return folder;
  }
  return null;
}
