import type { Catalog, Filters, OutlineItem, SearchAnswer, SearchHit } from "@chub/registry";
import type { Arguments } from "../arguments/arguments.ts";
import type { Command } from "../command.ts";
import { entryDetail } from "../entry/entry-detail.ts";
import { entryJson } from "../entry/entry-json.ts";
import { entryLines } from "../entry/entry-lines.ts";
import { entryCommand, sectionCommand } from "../fetch-command.ts";
import { FILTER_OPTIONS, filtersOf, pagingOptions } from "../filters.ts";
import { done, fittingLine, line, toned } from "../reply.ts";
import type { Line, Reply } from "../reply.ts";
import { quoteInput } from "../terminal/neutralise.ts";
import { withoutUndefined } from "../without-undefined.ts";
import { listReply, moreLine, pageWords } from "./list.ts";

const DEFAULT_LIMIT = 20;

export const searchCommand: Command = {
  usage: "search [query] [options]",
  positionals: { name: "query", minimum: 0, maximum: 100 },
  options: [
    ...FILTER_OPTIONS,
    ...pagingOptions(DEFAULT_LIMIT),
    { name: "explain", kind: "flag", description: "Show the parts of every score" },
  ],
  examples: [
    { command: 'chub search "verify webhook signature"', does: "Find the section that answers" },
    { command: "chub search stripe/api", does: "An exact id shows all about the entry" },
    { command: "chub search expirationTtl --lang js --json", does: "An identifier, as JSON" },
    { command: "chub search --tags payments", does: "Without a query: list" },
  ],
  async run(args, ports) {
    const { catalog } = await ports.openReader();
    const query = args.positionals.join(" ").trim().replace(/\s+/g, " ");
    const filters = filtersOf(args);
    const paging = { limit: args.integer("limit") ?? DEFAULT_LIMIT, ...offsetOf(args) };
    const hasSeveralSources = catalog.sources().length > 1;
    if (query === "")
      return listReply(await catalog.list({ ...filters, ...paging }), hasSeveralSources);
    const answer = await catalog.search({
      ...filters,
      ...paging,
      query,
      explain: args.flag("explain"),
    });
    if (answer.exact !== undefined && paging.offset === undefined)
      return detailReply(catalog, answer, filters);
    return hitsReply(answer, hasSeveralSources);
  },
};

function offsetOf(args: Arguments): { offset?: number } {
  return withoutUndefined({ offset: args.integer("offset") });
}

async function detailReply(
  catalog: Catalog,
  answer: SearchAnswer,
  filters: Filters,
): Promise<Reply> {
  const { exact } = answer;
  if (exact === undefined) return hitsReply(answer, false);
  const outline = await outlineOf(catalog, exact.address, filters.language);
  const others = answer.hits.filter((hit) => hit.address !== exact.address).length;
  return done({
    out: entryDetail(exact, outline),
    after:
      others === 0
        ? []
        : [
            line(
              toned("dim", `${answer.total} results in all: add --json or --offset 0 to see them`),
            ),
          ],
    json: {
      ...answerJson(answer),
      exact: { ...entryJson(exact), ...(outline.length > 0 ? { outline } : {}) },
    },
  });
}

/** Sections of the entry when it is clear which text is meant; a source without structure has none. */
async function outlineOf(
  catalog: Catalog,
  address: string,
  language: string | undefined,
): Promise<readonly OutlineItem[]> {
  const answer = await catalog.outline({ address, ...withoutUndefined({ language }) });
  return answer.outcome === "found" ? answer.items : [];
}

function hitsReply(answer: SearchAnswer, hasSeveralSources: boolean): Reply {
  const { hits, total, query } = answer;
  const json = answerJson(answer);
  if (total === 0) return done({ out: emptyLines(answer), json });
  const words = `${total} ${total === 1 ? "result" : "results"} for ${quoteInput(query)}`;
  return done({
    out: [
      line(toned("bold", words), pageWords(answer, hits.length), ":"),
      line(),
      ...hits.flatMap((hit) => [
        ...entryLines(hit, hasSeveralSources),
        ...sectionLines(hit),
        ...explanationLines(hit),
      ]),
    ],
    after: moreLine(answer, hits.length),
    json,
  });
}

function emptyLines({ query, suggestions }: SearchAnswer): Line[] {
  const nearestNames =
    suggestions.length === 0 ? [] : [line(`Nearest names: ${suggestions.join(", ")}`)];
  return [line(toned("yellow", `No results for ${quoteInput(query)}.`)), ...nearestNames];
}

function sectionLines(hit: SearchHit): Line[] {
  const [best] = hit.sections;
  if (best === undefined) return [line("      ", toned("green", entryCommand(hit)))];
  const snippet =
    best.snippet === undefined || best.snippet === ""
      ? []
      : [fittingLine("      ", toned("dim", best.snippet))];
  return [
    fittingLine("      ", best.path.join(" > "), toned("dim", `  ${best.tokens} tokens`)),
    ...snippet,
    line("      ", toned("green", sectionCommand(hit, best))),
  ];
}

function explanationLines({ explanation, score }: SearchHit): Line[] {
  if (explanation === undefined) return [];
  const parts = explanation.parts.map(({ label, value }) => `${label} ${value.toFixed(3)}`);
  return [line("      ", toned("dim", `score ${score.toFixed(3)} = ${parts.join(" + ")}`))];
}

function answerJson({ hits, total, offset, query, suggestions }: SearchAnswer) {
  return {
    results: hits.map(hitJson),
    total,
    offset,
    query,
    ...(suggestions.length > 0 ? { suggestions } : {}),
  };
}

function hitJson(hit: SearchHit) {
  const [best] = hit.sections;
  return {
    ...entryJson(hit),
    score: hit.score,
    sections: hit.sections.map((section) => ({
      ...section,
      command: sectionCommand(hit, section),
    })),
    command: best === undefined ? entryCommand(hit) : sectionCommand(hit, best),
    ...(hit.explanation === undefined ? {} : { explanation: hit.explanation }),
  };
}
