import { canonicalLanguage } from "../contract/languages.ts";
import type { SectionWords } from "./document-words.ts";
import { entryNames, isMainEntry, type EntryName } from "./entry-names.ts";
import { mainImports } from "./main-modules.ts";
import { phrasesOfParts } from "./phrases.ts";
import { FIELDS, saturated, type FieldName } from "./scoring.ts";
import type { SearchDocument } from "./search-types.ts";
import { facetTerm } from "./term-hash.ts";
import type { TermMemory } from "./term-memory.ts";
import type { TermPool } from "./term-pool.ts";
import type { TermSums } from "./term-sums.ts";
import { numeronymOf } from "./tokenize.ts";

/** What the index stores of one document; does not depend on other documents. */
export interface DocumentTerms {
  /** Hashes of the distinct terms, in order of first use. */
  readonly hashes: Uint32Array;
  /** Of each term, above 0. */
  readonly strengths: Float64Array;
  /** How many terms, the first ones, pruning leaves alone: those of names, tags, description and headings. */
  readonly kept: number;
  /** Hashes of the distinct terms of the id. */
  readonly idTerms: ReadonlySet<number>;
  /** Names people may type for it as a whole query. */
  readonly names: readonly EntryName[];
  /** Whether it is what its namespace is about. */
  readonly main: boolean;
  /** Neighbouring words of tags, description and headings. */
  readonly phrases: ReadonlySet<string>;
  /** Properties, as terms. */
  readonly facets: readonly string[];
}

/** `words` are those of the document's sections, from the same memory. */
export function documentTerms(
  document: SearchDocument,
  words: readonly SectionWords[],
  { pool, sums }: TermMemory,
): DocumentTerms {
  for (const [field, terms] of shownFields(document, words, pool)) addField(sums, field, [terms]);
  const kept = sums.terms.length;
  const lists = (part: "code" | "text") => words.map((section) => section[part]);
  addField(sums, "code", lists("code"));
  addField(sums, "text", lists("text"));
  const { terms } = sums;
  const hashes = Uint32Array.from(terms, pool.hashOf);
  const strengths = Float64Array.from(terms, (term) => saturated(sums.of(term)));
  sums.clear();
  return {
    hashes,
    strengths,
    kept,
    idTerms: new Set(pool.termsOf(document.id.replace("/", " ")).map(pool.hashOf)),
    names: entryNames(document),
    main: isMainEntry(document),
    phrases: documentPhrases(document, pool),
    facets: facets(document),
  };
}

/** Fields that a reader of a list or an outline sees. */
function shownFields(
  document: SearchDocument,
  words: readonly SectionWords[],
  pool: TermPool,
): readonly (readonly [FieldName, readonly number[]])[] {
  const titles = [...new Set(document.files.map(({ title }) => title))];
  const names = packageNames(document).join(" ");
  const short = [...numeronyms(`${document.id} ${names}`)].map(pool.numberOf);
  return [
    ["id", pool.termsOf(document.id.replace("/", " "))],
    ["package", pool.termsOf(names)],
    ["alias", [...pool.termsOf(document.aliases.join(" ")), ...short]],
    ["title", pool.termsOf(titles.join("\n"))],
    ["tags", pool.termsOf(document.tags.join(" "))],
    ["description", pool.termsOf(document.description)],
    ["headings", words.flatMap(({ heading }) => heading)],
  ];
}

function numeronyms(names: string): Set<string> {
  return new Set(
    names
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .flatMap((word) => numeronymOf(word) ?? []),
  );
}

/** Adds what the terms of a field count, given in one or more lists. */
function addField(sums: TermSums, field: FieldName, lists: readonly (readonly number[])[]): void {
  const { weight, lengthWeight, usualLength } = FIELDS[field];
  const length = lists.reduce((sum, terms) => sum + terms.length, 0);
  const damping = 1 - lengthWeight + (lengthWeight * length) / usualLength;
  for (const terms of lists) sums.addAll(terms, weight / damping);
}

/** Declared packages, install names, and the modules that the code is mostly about. */
function packageNames(document: SearchDocument): string[] {
  const names = new Set(document.packages);
  for (const file of document.files) {
    for (const name of file.installs) names.add(name);
    for (const name of mainImports(file)) names.add(name);
  }
  return [...names];
}

function documentPhrases(document: SearchDocument, pool: TermPool): Set<string> {
  const headings = document.files.flatMap(({ sections }) => sections.map(({ heading }) => heading));
  const texts = [
    document.id.replace("/", " "),
    document.description,
    ...document.tags,
    ...headings,
  ];
  return new Set(texts.flatMap((text) => phrasesOfParts(pool.partsOf(text).map(pool.textOf))));
}

function facets(document: SearchDocument): string[] {
  return [
    facetTerm("id", document.id.toLowerCase()),
    facetTerm("author", document.id.slice(0, document.id.indexOf("/")).toLowerCase()),
    facetTerm("type", document.type),
    facetTerm("tier", document.tier),
    ...document.tags.map((tag) => facetTerm("tag", tag.toLowerCase())),
    ...document.languages.map((name) => facetTerm("language", canonicalLanguage(name) ?? name)),
  ];
}
