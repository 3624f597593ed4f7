import { ChubError, canonicalLanguage, languageNames, TIERS } from "@chub/registry";
import type { Filters, Tier } from "@chub/registry";
import type { Arguments } from "./arguments/arguments.ts";
import type { OptionSpec } from "./command.ts";
import { nearest } from "./nearest.ts";
import { quoteInput } from "./terminal/neutralise.ts";
import { withoutUndefined } from "./without-undefined.ts";

/** Options by which search and list choose entries. */
export const FILTER_OPTIONS: readonly OptionSpec[] = [
  {
    name: "tags",
    kind: "list",
    value: "<csv>",
    description: "Only entries with all of these tags",
  },
  {
    name: "lang",
    kind: "text",
    value: "<language>",
    description: "Only this language, by name or alias: js, py, c#",
  },
  {
    name: "type",
    kind: "text",
    value: "<type>",
    description: "Only this type",
    choices: ["doc", "skill"],
  },
  { name: "source", kind: "text", value: "<name>", description: "Only this configured source" },
  {
    name: "author",
    kind: "text",
    value: "<author>",
    description: "Only this author, the first part of an id",
  },
  {
    name: "tier",
    kind: "list",
    value: "<csv>",
    description: "Only these trust tiers",
    choices: TIERS,
  },
];

/** Options by which search and list are paged. */
export function pagingOptions(defaultLimit: number): readonly OptionSpec[] {
  return [
    {
      name: "limit",
      kind: "integer",
      value: "<n>",
      description: `Most rows, default ${defaultLimit}`,
      minimum: 1,
      maximum: 1000,
    },
    { name: "offset", kind: "integer", value: "<n>", description: "Rows to skip, default 0" },
  ];
}

/** Filters of a command line. Errors: ChubError USAGE for a language nobody knows. */
export function filtersOf(args: Arguments): Filters {
  const type = args.text("type");
  return withoutUndefined({
    tags: args.list("tags"),
    language: languageOf(args),
    type: type === "doc" || type === "skill" ? type : undefined,
    source: args.text("source"),
    author: args.text("author"),
    tiers: args.list("tier")?.filter((tier): tier is Tier => TIERS.some((known) => known === tier)),
  });
}

/** Canonical name of --lang. Errors: ChubError USAGE. */
export function languageOf(args: Arguments): string | undefined {
  const typed = args.text("lang");
  if (typed === undefined) return undefined;
  const language = canonicalLanguage(typed);
  if (language !== null) return language;
  const meant = nearest(typed, languageNames());
  throw new ChubError("USAGE", `Unknown language ${quoteInput(typed)}`, {
    hint:
      meant === null
        ? "Names and aliases such as javascript, js, python, py, c# and go are known"
        : `Did you mean ${meant}?`,
  });
}
