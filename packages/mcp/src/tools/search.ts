import type { SearchAnswer, SearchHit } from "@chub/registry";
import { ENTRY_ROW_SCHEMA, entryLine, entryRow, variantRows } from "../answers/entry-row.ts";
import { fitRows, PAGE_PROPERTIES, pageOf, pageWords } from "../answers/fit-rows.ts";
import { MAX_ROW_BYTES } from "../limits.ts";
import { oneLine, quoted } from "../one-line.ts";
import { withoutUndefined } from "../without-undefined.ts";
import {
  FILTER_ALIASES,
  FILTER_FIELDS,
  filtersOf,
  requireKnownLanguage,
} from "./filter-arguments.ts";
import { listAnswer } from "./list.ts";
import type { Tool, ToolAnswer } from "./tool.ts";

export const searchTool: Tool = {
  name: "chub_search",
  title: "Search documentation",
  description:
    "Find documentation and skills by task, library, identifier or error text. Gives entries and their best sections; pass a section's address and lang to chub_get to read it.",
  input: {
    type: "object",
    properties: {
      query: {
        type: "string",
        description:
          'What you need, in a few words, e.g. "stripe verify webhook signature". Without it, entries are listed',
      },
      ...FILTER_FIELDS,
      limit: {
        type: "integer",
        description: "Most entries",
        minimum: 1,
        maximum: 100,
        default: 20,
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
  aliases: {
    ...FILTER_ALIASES,
    q: "query",
    search: "query",
    searchquery: "query",
    term: "query",
    terms: "query",
    keywords: "query",
    text: "query",
    question: "query",
    topic: "query",
    task: "query",
    prompt: "query",
  },
  output: {
    type: "object",
    properties: {
      query: { type: "string" },
      ...PAGE_PROPERTIES,
      results: { type: "array", items: hitSchema() },
      exact: { type: "object", description: "The entry whose id is the query, with its texts" },
      suggestions: {
        type: "array",
        items: { type: "string" },
        description: "Nearest names when nothing was found",
      },
    },
    required: ["total", "offset", "showing", "results"],
  },
  isReadOnly: true,
  async run(args, ports) {
    const catalog = await ports.catalog();
    const query = oneLine(args.text("query") ?? "", MAX_QUERY);
    const paging = {
      limit: args.integer("limit") ?? DEFAULT_LIMIT,
      ...withoutUndefined({ offset: args.integer("offset") }),
    };
    const filters = filtersOf(args);
    const hasSeveralSources = catalog.sources().length > 1;
    if (query === "") {
      const { entries, ...rest } = listAnswer(
        await catalog.list({ ...filters, ...paging }),
        hasSeveralSources,
      );
      if (rest.structured.total === 0) requireKnownLanguage(args);
      return { ...rest, structured: { ...rest.structured, results: entries } };
    }
    const answer = await catalog.search({
      ...filters,
      ...paging,
      query,
      sectionsFor: DETAILED_HITS,
    });
    if (answer.total === 0) requireKnownLanguage(args);
    return searchAnswer(answer, hasSeveralSources);
  },
};

function searchAnswer(answer: SearchAnswer, hasSeveralSources: boolean): ToolAnswer {
  const { query, total, offset, exact, suggestions } = answer;
  const results = fitRows(answer.hits.map(hitRow), MAX_ROW_BYTES);
  const hits = answer.hits.slice(0, results.length);
  const page = pageOf(total, offset, results.length);
  const lines =
    total === 0
      ? [
          `No results for ${quoted(query)}.`,
          ...(suggestions.length > 0 ? [`Nearest names: ${suggestions.join(", ")}`] : []),
        ]
      : [
          `Results for ${quoted(query)}: ${pageWords(total, offset, results.length)}.`,
          ...hits.flatMap((hit) => hitLines(hit, hasSeveralSources)),
          ...(page.nextOffset === undefined ? [] : [`More with offset ${page.nextOffset}.`]),
        ];
  return {
    structured: {
      query,
      ...page,
      results,
      ...(exact === undefined ? {} : { exact: { ...entryRow(exact), texts: variantRows(exact) } }),
      ...(suggestions.length > 0 ? { suggestions } : {}),
    },
    texts: [lines.join("\n")],
  };
}

function hitRow(hit: SearchHit) {
  return {
    ...entryRow(hit),
    score: hit.score,
    sections: hit.sections.map(({ address, language, version, file, path, tokens, snippet }) => ({
      address,
      language,
      version,
      file,
      heading: oneLine(path.join(" > "), MAX_HEADING),
      tokens,
      ...(snippet === undefined ? {} : { snippet: oneLine(snippet, MAX_SNIPPET) }),
    })),
  };
}

function hitLines(hit: SearchHit, hasSeveralSources: boolean): string[] {
  const [best] = hit.sections;
  const entry = `- ${entryLine(hit, hasSeveralSources)}`;
  if (best === undefined) return [entry];
  const snippet =
    best.snippet === undefined || best.snippet === ""
      ? ""
      : `: ${oneLine(best.snippet, MAX_SNIPPET)}`;
  const call = JSON.stringify({
    id: best.address,
    ...(best.language === null ? {} : { lang: best.language }),
  });
  return [
    entry,
    `  best section ${quoted(best.path.join(" > "), MAX_HEADING)}, ${best.tokens} tokens, chub_get ${call}${snippet}`,
  ];
}

function hitSchema() {
  return {
    ...ENTRY_ROW_SCHEMA,
    properties: {
      ...ENTRY_ROW_SCHEMA.properties,
      score: { type: "number" },
      sections: {
        type: "array",
        description: "Best sections, best first",
        items: {
          type: "object",
          properties: {
            address: { type: "string", description: "id for chub_get" },
            language: { type: ["string", "null"], description: "lang for chub_get" },
            version: { type: ["string", "null"] },
            file: { type: "string" },
            heading: { type: "string" },
            tokens: { type: "integer" },
            snippet: { type: "string" },
          },
          required: ["address", "language", "version", "file", "heading", "tokens"],
        },
      },
    },
  };
}

const DEFAULT_LIMIT = 20;
/** Hits that show their best sections: a model reads one of the first, and every line costs it context. */
const DETAILED_HITS = 3;
const MAX_QUERY = 500;
const MAX_HEADING = 160;
const MAX_SNIPPET = 240;
