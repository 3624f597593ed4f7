import type { SearchDocument } from "./search-types.ts";
import type { TermPool } from "./term-pool.ts";

/** The terms of a section, as numbers of a pool, read once for the index of documents and that of sections. */
export interface SectionWords {
  readonly heading: readonly number[];
  /** Of the headings above, without the document's title. */
  readonly above: readonly number[];
  readonly code: readonly number[];
  readonly text: readonly number[];
}

export function documentWords(document: SearchDocument, pool: TermPool): SectionWords[] {
  return document.files.flatMap(({ sections }) =>
    sections.map(({ path, code, text }) => sectionWords({ path, code, text }, pool)),
  );
}

export function sectionWords(
  section: { readonly path: readonly string[]; readonly code: string; readonly text: string },
  pool: TermPool,
): SectionWords {
  const { path, code, text } = section;
  return {
    heading: pool.termsOf(path.at(-1) ?? ""),
    above: pool.termsOf(path.slice(1, -1).join("\n")),
    code: pool.termsOf(code),
    text: pool.termsOf(text),
  };
}
