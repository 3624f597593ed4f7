import { FILE_START } from "../../diagnostics/text-position.ts";
import { entryFolderOf } from "../entry-folder.ts";
import { defineProjectRule } from "../project-rule.ts";

export const filesOrphan = defineProjectRule({
  id: "files/orphan",
  code: "CHUB4110",
  severity: "warning",
  summary: "Every Markdown file beside an entry file is linked or named by a file of the entry.",
  why: "A reader only fetches a file that it has been told about.",
  help: "Link it from the entry file, or remove it.",
  check({ outlines, paths }, report) {
    const known = new Set<string>();
    for (const { links, mentions, path } of outlines.values()) {
      for (const { target } of links) if (target !== null) known.add(target);
      const folder = entryFolderOf(path, paths);
      for (const mention of mentions) known.add(`${folder}\0${mention}`);
    }
    for (const { path } of outlines.values()) {
      const folder = entryFolderOf(path, paths);
      const name = path.slice(path.lastIndexOf("/") + 1);
      if (folder === null || name === "DOC.md" || name === "SKILL.md") continue;
      if (known.has(path) || known.has(`${folder}\0${name}`)) continue;
      report({
        file: path,
        range: FILE_START,
        message: `Unexpected file that nothing in ${folder} links`,
      });
    }
  },
});
