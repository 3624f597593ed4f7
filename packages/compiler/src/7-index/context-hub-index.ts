import type { EntryRecord, SearchIndexFile } from "@chub/registry";
import { identifierTokens, textTokens } from "./context-hub-tokens.ts";

/**
 * The content of `search-index.json`: the BM25 index over metadata that Context Hub's client reads, so that it searches our artifact.
 *
 * Documents are in the order of registry.json, docs before skills: the client joins both by id.
 */
export function contextHubIndex(entries: readonly EntryRecord[]): SearchIndexFile {
  const ordered = [
    ...entries.filter(({ type }) => type === "doc"),
    ...entries.filter(({ type }) => type === "skill"),
  ];
  const documents = ordered.map((entry) => ({
    id: entry.id,
    tokens: {
      id: identifierTokens(entry.id),
      name: textTokens(entry.name),
      description: textTokens(entry.description),
      tags: entry.tags.flatMap(textTokens),
    },
  }));
  const postings = postingsOf(documents);
  return {
    version: "1.0.0", // of Context Hub's layout
    algorithm: "bm25",
    params: { k1: 1.5, b: 0.75 },
    totalDocs: documents.length,
    avgFieldLengths: averageLengths(documents),
    idf: Object.fromEntries(
      [...postings].map(([term, list]) => [term, rarity(documents.length, list.length)]),
    ),
    documents,
    invertedIndex: Object.fromEntries(postings),
  };
}

type Documents = SearchIndexFile["documents"];

/** Positions of the documents that hold a term in any field, by term in order of first use. */
function postingsOf(documents: Documents): ReadonlyMap<string, number[]> {
  const postings = new Map<string, number[]>();
  for (const [position, { tokens }] of documents.entries()) {
    for (const term of new Set([
      ...tokens.id,
      ...tokens.name,
      ...tokens.description,
      ...tokens.tags,
    ])) {
      const list = postings.get(term);
      if (list === undefined) postings.set(term, [position]);
      else list.push(position);
    }
  }
  return postings;
}

/** Inverse document frequency, as BM25 has it: https://en.wikipedia.org/wiki/Okapi_BM25 */
function rarity(documents: number, holding: number): number {
  return Math.log((documents - holding + 0.5) / (holding + 0.5) + 1);
}

function averageLengths(documents: Documents): SearchIndexFile["avgFieldLengths"] {
  const average = (field: keyof SearchIndexFile["avgFieldLengths"]): number =>
    documents.length === 0
      ? 0
      : documents.reduce((sum, { tokens }) => sum + tokens[field].length, 0) / documents.length;
  return {
    id: average("id"),
    name: average("name"),
    description: average("description"),
    tags: average("tags"),
  };
}
