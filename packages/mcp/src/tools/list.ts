import type { ListAnswer } from "@chub/registry";
import { ENTRY_ROW_SCHEMA, entryLine, entryRow } from "../answers/entry-row.ts";
import { fitRows, PAGE_PROPERTIES, pageOf, pageWords } from "../answers/fit-rows.ts";
import { MAX_ROW_BYTES } from "../limits.ts";
import { withoutUndefined } from "../without-undefined.ts";
import {
  FILTER_ALIASES,
  FILTER_FIELDS,
  filtersOf,
  requireKnownLanguage,
} from "./filter-arguments.ts";
import type { Tool } from "./tool.ts";

export const listTool: Tool = {
  name: "chub_list",
  title: "List documentation",
  description:
    "List the documents and skills there are, sorted by id, a page at a time. To find something, use chub_search.",
  input: {
    type: "object",
    properties: {
      ...FILTER_FIELDS,
      limit: {
        type: "integer",
        description: "Most entries",
        minimum: 1,
        maximum: 500,
        default: 50,
      },
      offset: {
        type: "integer",
        description: "Entries to skip, for the next page",
        minimum: 0,
        default: 0,
      },
    },
    additionalProperties: false,
  },
  aliases: FILTER_ALIASES,
  output: {
    type: "object",
    properties: { ...PAGE_PROPERTIES, entries: { type: "array", items: ENTRY_ROW_SCHEMA } },
    required: ["total", "offset", "showing", "entries"],
  },
  isReadOnly: true,
  async run(args, ports) {
    const catalog = await ports.catalog();
    const limit = args.integer("limit") ?? DEFAULT_LIMIT;
    const answer = await catalog.list({
      ...filtersOf(args),
      limit,
      ...withoutUndefined({ offset: args.integer("offset") }),
    });
    if (answer.total === 0) requireKnownLanguage(args);
    const { entries, structured, texts } = listAnswer(answer, catalog.sources().length > 1);
    return { structured: { ...structured, entries }, texts };
  },
};

/** A page of entries, cut where the result would become too large. */
export function listAnswer(
  { total, offset, entries: found }: ListAnswer,
  hasSeveralSources: boolean,
) {
  const entries = fitRows(found.map(entryRow), MAX_ROW_BYTES);
  const page = pageOf(total, offset, entries.length);
  const lines = [
    `Entries: ${pageWords(total, offset, entries.length)}.`,
    ...found.slice(0, entries.length).map((entry) => `- ${entryLine(entry, hasSeveralSources)}`),
    ...(page.nextOffset === undefined ? [] : [`More with offset ${page.nextOffset}.`]),
  ];
  return { entries, structured: page, texts: [lines.join("\n")] };
}

const DEFAULT_LIMIT = 50;
