import { canonicalLanguage, TIERS, type Filters, type Tier } from "@chub/registry";
import { usage } from "../failure.ts";
import { quoted } from "../one-line.ts";
import { withoutUndefined } from "../without-undefined.ts";
import type { Arguments } from "./arguments.ts";
import type { InputField } from "./tool.ts";

/** Arguments by which search and list choose entries. */
export const FILTER_FIELDS = {
  tags: { type: "string", description: "Only entries with all of these tags, comma-separated" },
  lang: { type: "string", description: "Only this programming language: python, py, js, c#" },
  type: { type: "string", description: "Only documents or only skills", enum: ["doc", "skill"] },
  author: { type: "string", description: "Only this namespace, the first part of an id" },
  tier: { type: "string", description: "Only this granted trust", enum: TIERS },
  source: { type: "string", description: "Only this configured source" },
} as const satisfies Readonly<Record<string, InputField>>;

/** What models write instead of the arguments of search and list. */
export const FILTER_ALIASES = {
  language: "lang",
  languages: "lang",
  programminglanguage: "lang",
  tag: "tags",
  labels: "tags",
  kind: "type",
  entrytype: "type",
  namespace: "author",
  vendor: "author",
  trust: "tier",
  trusttier: "tier",
  maxresults: "limit",
  numresults: "limit",
  count: "limit",
  n: "limit",
  k: "limit",
  topk: "limit",
  max: "limit",
  pagesize: "limit",
  perpage: "limit",
  size: "limit",
  skip: "offset",
  start: "offset",
  from: "offset",
  cursor: "offset",
} as const;

/** Filters of a call. */
export function filtersOf(args: Arguments): Filters {
  const type = args.text("type");
  const tier = args.text("tier");
  return withoutUndefined({
    tags: args.list("tags"),
    language: languageOf(args),
    type: type === "doc" || type === "skill" ? type : undefined,
    author: args.text("author"),
    tiers: isTier(tier) ? [tier] : undefined,
    source: args.text("source"),
  });
}

/** The language as it is known, or as it was written. */
export function languageOf(args: Arguments): string | undefined {
  const typed = args.text("lang");
  return typed === undefined ? undefined : (canonicalLanguage(typed) ?? typed);
}

/** "Nothing in a language nobody knows" is a slip of the pen, not an answer. Errors: `FailureError` USAGE. */
export function requireKnownLanguage(args: Arguments): void {
  const typed = args.text("lang");
  if (typed === undefined || canonicalLanguage(typed) !== null) return;
  throw usage(
    `Nothing is written for the language ${quoted(typed)}, which is not known`,
    "Write the name or alias of one language: javascript, js, python, py, c#, go",
  );
}

function isTier(name: string | undefined): name is Tier {
  return TIERS.some((tier) => tier === name);
}
