import { entryFolderOf, existsIn } from "../entry-folder.ts";
import { relativeLinksOf } from "../relative-links.ts";
import { defineRule } from "../rule.ts";

export const linksResolve = defineRule({
  id: "links/resolve",
  code: "CHUB4101",
  severity: "warning",
  summary: "A relative link leads to a file of the same entry.",
  why: "An entry is fetched alone: a link to anything else leads nowhere.",
  help: "Correct the path, add the file to the entry's folder, or write a full https URL.",
  check({ parsed, path, surroundings: { paths } }, report) {
    if (paths === undefined) return;
    const folder = entryFolderOf(path, paths);
    for (const { url, target, range } of relativeLinksOf(parsed)) {
      const written = url.slice(0, 100);
      if (target === null)
        report({
          at: range,
          message: `Unexpected link "${written}", expected a path inside the entry`,
        });
      else if (!existsIn(paths, target))
        report({ at: range, message: `Unexpected link "${written}": ${target} does not exist` });
      else if (folder !== null && target !== folder && !target.startsWith(`${folder}/`)) {
        report({
          at: range,
          message: `Unexpected link "${written}" out of the entry's folder ${folder}`,
        });
      }
    }
  },
});
