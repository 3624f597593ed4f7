import { languageNames, type Catalog, type EntryRecord } from "@chub/registry";
import type { CompleteRequestParams, CompleteResult } from "@modelcontextprotocol/server";
import { languagesOf } from "../answers/entry-row.ts";
import { withoutUndefined } from "../without-undefined.ts";
import type { KnownIds } from "./known-ids.ts";

/**
 * Values for the argument of a resource template or a prompt that begin with what was typed, at most 100.
 *
 * What was filled in before narrows them: names of the author, languages and versions of the entry, its sections.
 */
export async function complete(
  params: CompleteRequestParams,
  catalog: Catalog,
  ids: KnownIds,
): Promise<CompleteResult> {
  const filled = params.context?.arguments ?? {};
  const typed = params.argument.value;
  const values = await candidates(params.argument.name, { catalog, ids, filled, typed });
  const key = typed.toLowerCase();
  const matching = [...new Set(values)].filter((value) => value.toLowerCase().startsWith(key));
  return {
    completion: {
      values: matching.slice(0, MAX_VALUES),
      total: matching.length,
      hasMore: matching.length > MAX_VALUES,
    },
  };
}

interface Question {
  readonly catalog: Catalog;
  readonly ids: KnownIds;
  readonly filled: Readonly<Record<string, string>>;
  readonly typed: string;
}

async function candidates(argument: string, question: Question): Promise<readonly string[]> {
  const { catalog, ids, filled } = question;
  switch (argument) {
    case "id":
      return ids(catalog);
    case "author":
      return (await ids(catalog)).map((id) => partsOf(id).author);
    case "name":
      return (await ids(catalog))
        .map(partsOf)
        .flatMap(({ author, name }) => (author === filled["author"] ? [name] : []));
    case "lang":
      return languages(question);
    case "version":
      return versions(question);
    case "section":
      return sections(question);
    default:
      return [];
  }
}

function partsOf(id: string): { readonly author: string; readonly name: string } {
  const slash = id.indexOf("/");
  return { author: id.slice(0, slash), name: id.slice(slash + 1) };
}

async function languages(question: Question): Promise<readonly string[]> {
  const record = await recordOf(question);
  return record === null ? languageNames() : languagesOf(record);
}

async function versions(question: Question): Promise<readonly string[]> {
  const record = await recordOf(question);
  const { lang = "" } = question.filled;
  return (record?.variants ?? []).flatMap(({ language, version }) =>
    version === null || (lang !== "" && lang !== language) ? [] : [version],
  );
}

async function sections(question: Question): Promise<readonly string[]> {
  const address = idOf(question.filled);
  if (address === null) return [];
  const { lang, version } = question.filled;
  const answer = await question.catalog.outline({
    address,
    ...withoutUndefined({ language: lang || undefined, version: version || undefined }),
  });
  return answer.outcome === "found" ? answer.items.map(({ slug }) => slug) : [];
}

async function recordOf({ catalog, filled }: Question): Promise<EntryRecord | null> {
  const id = idOf(filled);
  if (id === null) return null;
  const { entries } = await catalog.list({ author: partsOf(id).author, limit: 1000 });
  return entries.find(({ record }) => record.id === id)?.record ?? null;
}

function idOf({
  id = "",
  author = "",
  name = "",
}: Readonly<Record<string, string>>): string | null {
  if (id !== "") return id;
  return author === "" || name === "" ? null : `${author}/${name}`;
}

// Source: the specification's limit for one answer.
const MAX_VALUES = 100;
