import type { SearchDocument } from "./search-types.ts";
import { termsOf } from "./tokenize.ts";

/** The terms of a document's sections, read once for the index of documents and that of sections. */
export interface SectionWords {
  readonly heading: readonly string[];
  /** Of the headings above, without the document's title. */
  readonly above: readonly string[];
  readonly code: readonly string[];
  readonly text: readonly string[];
}

/** Terms of words seen before; words repeat from one document to the next. */
export type TermMemo = Map<string, readonly string[]>;

export function documentWords(document: SearchDocument, memo: TermMemo): SectionWords[] {
  return document.files.flatMap(({ sections }) =>
    sections.map(({ path, code, text }) => sectionWords({ path, code, text }, memo)),
  );
}

export function sectionWords(
  section: { readonly path: readonly string[]; readonly code: string; readonly text: string },
  memo: TermMemo,
): SectionWords {
  const { path, code, text } = section;
  return {
    heading: termsOf(path.at(-1) ?? "", memo),
    above: termsOf(path.slice(1, -1).join("\n"), memo),
    code: termsOf(code, memo),
    text: termsOf(text, memo),
  };
}
