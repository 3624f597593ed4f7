import { canonicalLanguage } from "../contract/languages.ts";
import { FIELDS, saturated, STRENGTH_STEPS, type FieldName } from "./scoring.ts";
import type { SearchDocument, SearchFile } from "./search-types.ts";
import { facetTerm } from "./term-hash.ts";
import { compactName, termsOf } from "./tokenize.ts";

/** What the index stores of one document; does not depend on other documents. */
export interface DocumentTerms {
  /** Strength by term, 1 to 250 in steps of 1/100. */
  readonly strengths: ReadonlyMap<string, number>;
  /** Terms that are always kept: all of them that do not come from prose alone. */
  readonly kept: ReadonlySet<string>;
  /** Distinct terms of the id. */
  readonly idTerms: ReadonlySet<string>;
  /** Names people may type for it as a whole query. */
  readonly names: readonly EntryName[];
  /** Properties, as terms. */
  readonly facets: readonly string[];
}

export interface EntryName {
  /** As written, lower case: `scikit-learn`. */
  readonly name: string;
  /** 1 for a name of the entry itself, less for a part of it, in steps of 1/100. */
  readonly weight: number;
}

/** Terms, names and properties of a document. `memo` keeps the terms of words from one document to the next. */
export function documentTerms(
  document: SearchDocument,
  memo: Map<string, readonly string[]>,
): DocumentTerms {
  const fields = fieldTexts(document);
  const weighted = new Map<string, number>();
  const kept = new Set<string>();
  let idTerms: ReadonlySet<string> = new Set();
  for (const [field, text] of fields) {
    const terms = termsOf(text, memo);
    if (field === "id") idTerms = new Set(terms);
    if (field !== "text" && field !== "code") for (const term of terms) kept.add(term);
    addField(weighted, FIELDS[field], terms);
  }
  const strengths = new Map<string, number>();
  for (const [term, value] of weighted) {
    strengths.set(term, Math.max(1, Math.round(saturated(value) * STRENGTH_STEPS)));
  }
  return { strengths, kept, idTerms, names: entryNames(document), facets: facets(document) };
}

function addField(
  weighted: Map<string, number>,
  scoring: (typeof FIELDS)[FieldName],
  terms: readonly string[],
): void {
  const { weight, lengthWeight, usualLength } = scoring;
  const damping = 1 - lengthWeight + (lengthWeight * terms.length) / usualLength;
  const step = weight / damping;
  for (const term of terms) weighted.set(term, (weighted.get(term) ?? 0) + step);
}

function fieldTexts(document: SearchDocument): readonly (readonly [FieldName, string])[] {
  const sections = document.files.flatMap((file) => file.sections);
  return [
    ["id", document.id.replace("/", " ")],
    ["package", packageNames(document).join(" ")],
    ["alias", document.aliases.join(" ")],
    ["title", [...new Set(document.files.map((file) => file.title))].join("\n")],
    ["tags", document.tags.join(" ")],
    ["description", document.description],
    ["headings", sections.map((section) => section.heading).join("\n")],
    ["code", sections.map((section) => section.code).join("\n")],
    ["text", sections.map((section) => section.text).join("\n")],
  ];
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

/** Imports that stand in at least half as many sections as the most used one: helpers of examples are left out. */
function mainImports(file: SearchFile): string[] {
  const uses = file.imports.map((name) => ({
    name,
    sections: file.sections.filter((section) => section.code.includes(name)).length,
  }));
  const most = Math.max(0, ...uses.map((use) => use.sections));
  return uses.filter((use) => use.sections * 2 >= most).map((use) => use.name);
}

function entryNames(document: SearchDocument): EntryName[] {
  const weights = new Map<string, number>();
  const add = (name: string, weight: number): void => {
    const lower = name.toLowerCase().slice(0, MAX_NAME_LENGTH);
    if (compactName(lower) !== "" && (weights.get(lower) ?? 0) < weight) weights.set(lower, weight);
  };
  const segments = document.id.split("/");
  add(document.id, 1);
  add(segments.at(-1) ?? "", 1);
  for (const segment of segments) add(segment, 0.9);
  for (const alias of document.aliases) add(alias, 0.9);
  for (const name of document.packages) add(name, 0.9);
  const first = document.files[0];
  for (const name of [first?.installs[0], first && mainImports(first)[0]]) if (name) add(name, 0.8);
  return [...weights].map(([name, weight]) => ({ name, weight }));
}

function facets(document: SearchDocument): string[] {
  return [
    facetTerm("id", document.id),
    facetTerm("author", document.id.slice(0, document.id.indexOf("/")).toLowerCase()),
    facetTerm("type", document.type),
    facetTerm("tier", document.tier),
    ...document.tags.map((tag) => facetTerm("tag", tag.toLowerCase())),
    ...document.languages.map((name) => facetTerm("language", canonicalLanguage(name) ?? name)),
  ];
}

const MAX_NAME_LENGTH = 64; // characters; nobody types more
