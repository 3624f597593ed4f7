import { FILE_START } from "../../diagnostics/text-position.ts";
import { entryFolderOf } from "../entry-folder.ts";
import { defineRule } from "../rule.ts";

export const filesOutsideEntry = defineRule({
  id: "files/outside-entry",
  code: "CHUB4111",
  severity: "info",
  anyFile: true,
  summary: "Every file of an author stands in the folder of an entry.",
  why: "Readers fetch entries; a file outside of all of them cannot be reached.",
  help: "Move it into the folder of the entry that needs it.",
  check({ path, surroundings: { paths } }, report) {
    if (
      paths === undefined ||
      !path.includes("/") ||
      /^[^/]+\/(?:registry\.json|README\.md|LICENSE(?:\.\w+)?)$/i.test(path)
    )
      return;
    if (entryFolderOf(path, paths) === null)
      report({ at: FILE_START, message: "Unexpected file outside of every entry" });
  },
});
