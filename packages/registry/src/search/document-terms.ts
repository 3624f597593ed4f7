import { canonicalLanguage } from "../contract/languages.ts";
import type { SectionWords, TermMemo } from "./document-words.ts";
import { entryNames, isMainEntry, type EntryName } from "./entry-names.ts";
import { mainImports } from "./main-modules.ts";
import { phrasesOf } from "./phrases.ts";
import { FIELDS, saturated, type FieldName } from "./scoring.ts";
import type { SearchDocument } from "./search-types.ts";
import { facetTerm } from "./term-hash.ts";
import { numeronymOf, termsOf } from "./tokenize.ts";

/** What the index stores of one document; does not depend on other documents. */
export interface DocumentTerms {
  /** Strength by term, above 0. */
  readonly strengths: ReadonlyMap<string, number>;
  /** Terms that pruning leaves alone: those of names, tags, description and headings. */
  readonly kept: ReadonlySet<string>;
  /** Distinct terms of the id. */
  readonly idTerms: ReadonlySet<string>;
  /** Names people may type for it as a whole query. */
  readonly names: readonly EntryName[];
  /** Whether it is what its namespace is about. */
  readonly main: boolean;
  /** Neighbouring words of tags, description and headings. */
  readonly phrases: ReadonlySet<string>;
  /** Properties, as terms. */
  readonly facets: readonly string[];
}

/** `words` are those of the document's sections. */
export function documentTerms(
  document: SearchDocument,
  words: readonly SectionWords[],
  memo: TermMemo,
): DocumentTerms {
  const weighted = new Map<string, number>();
  const kept = new Set<string>();
  const shown = shownFields(document, words, memo);
  for (const [field, terms] of shown) {
    for (const term of terms) kept.add(term);
    addField(weighted, field, terms);
  }
  addField(
    weighted,
    "code",
    words.flatMap(({ code }) => code),
  );
  addField(
    weighted,
    "text",
    words.flatMap(({ text }) => text),
  );
  const strengths = new Map<string, number>();
  for (const [term, value] of weighted) strengths.set(term, saturated(value));
  return {
    strengths,
    kept,
    idTerms: new Set(termsOf(document.id.replace("/", " "), memo)),
    names: entryNames(document),
    main: isMainEntry(document),
    phrases: documentPhrases(document),
    facets: facets(document),
  };
}

/** Fields that a reader of a list or an outline sees. */
function shownFields(
  document: SearchDocument,
  words: readonly SectionWords[],
  memo: TermMemo,
): readonly (readonly [FieldName, readonly string[]])[] {
  const titles = [...new Set(document.files.map(({ title }) => title))];
  const names = packageNames(document).join(" ");
  return [
    ["id", termsOf(document.id.replace("/", " "), memo)],
    ["package", termsOf(names, memo)],
    [
      "alias",
      [...termsOf(document.aliases.join(" "), memo), ...numeronyms(`${document.id} ${names}`)],
    ],
    ["title", termsOf(titles.join("\n"), memo)],
    ["tags", termsOf(document.tags.join(" "), memo)],
    ["description", termsOf(document.description, memo)],
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

function addField(weighted: Map<string, number>, field: FieldName, terms: readonly string[]): void {
  const { weight, lengthWeight, usualLength } = FIELDS[field];
  const damping = 1 - lengthWeight + (lengthWeight * terms.length) / usualLength;
  for (const term of terms) weighted.set(term, (weighted.get(term) ?? 0) + weight / damping);
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

function documentPhrases(document: SearchDocument): Set<string> {
  const headings = document.files.flatMap(({ sections }) => sections.map(({ heading }) => heading));
  const texts = [
    document.id.replace("/", " "),
    document.description,
    ...document.tags,
    ...headings,
  ];
  return new Set(texts.flatMap(phrasesOf));
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
