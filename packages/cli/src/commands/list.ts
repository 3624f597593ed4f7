import type { ListAnswer } from "@chub/registry";
import type { Command } from "../command.ts";
import { entryJson } from "../entry/entry-json.ts";
import { entryLines } from "../entry/entry-lines.ts";
import { FILTER_OPTIONS, filtersOf, pagingOptions } from "../filters.ts";
import { done, line, toned } from "../reply.ts";
import type { Reply } from "../reply.ts";
import { withoutUndefined } from "../without-undefined.ts";

export const listCommand: Command = {
  usage: "list [options]",
  positionals: { name: "argument", minimum: 0, maximum: 0 },
  options: [...FILTER_OPTIONS, ...pagingOptions(50)],
  examples: [
    { command: "chub list --author stripe", does: "Everything of one author" },
    { command: "chub list --type skill --json", does: "All skills, as JSON" },
  ],
  async run(args, ports) {
    const { catalog } = await ports.openReader();
    const paging = withoutUndefined({
      limit: args.integer("limit"),
      offset: args.integer("offset"),
    });
    const answer = await catalog.list({ ...filtersOf(args), ...paging });
    return listReply(answer, catalog.sources().length > 1);
  },
};

/** A page of entries; also what search answers without a query. */
export function listReply(answer: ListAnswer, hasSeveralSources: boolean): Reply {
  const { entries, total, offset } = answer;
  const json = { results: entries.map(entryJson), total, offset };
  if (total === 0) return done({ out: [line(toned("yellow", "No entries found."))], json });
  return done({
    out: [
      line(
        toned("bold", `${total} ${total === 1 ? "entry" : "entries"}`),
        pageWords(answer, entries.length),
        ":",
      ),
      line(),
      ...entries.flatMap((entry) => entryLines(entry, hasSeveralSources)),
    ],
    after: moreLine(answer, entries.length),
    json,
  });
}

/** ` (21-40)` when the rows are not all there are. */
export function pageWords(page: { total: number; offset: number }, rows: number): string {
  if (rows === page.total) return "";
  return rows === 0 ? " (none at this offset)" : ` (${page.offset + 1}-${page.offset + rows})`;
}

/** How to see the rows after these. */
export function moreLine(page: { total: number; offset: number }, rows: number) {
  const next = page.offset + rows;
  return rows === 0 || next >= page.total ? [] : [line(toned("dim", `More: add --offset ${next}`))];
}
