import type { RankedHit } from "../search/search-types.ts";
import { holdsWords, plainWords } from "../search/tokenize.ts";
import { sourceNamed, type CatalogState } from "./catalog-state.ts";
import type { EntryRecord, Variant } from "./entry-record.ts";
import { loadFile } from "./open-text.ts";
import type { OpenSource } from "./open-source.ts";

/** Hits that are read to find a quoted phrase, best first; a word that more documents hold is no help in any of them. */
export const MOST_READ = 200;

/**
 * Of some hits, best first, those whose text, name, description or tags hold each phrase word for word.
 *
 * The index knows the words of a text but not their order, so the text itself is read. Case, accents and punctuation
 * do not count. `speaks` says which variants are looked into.
 *
 * Errors: ChubError INTEGRITY and NO_DATA when a text cannot be read: whether it holds the phrase is then unknown.
 */
export async function hitsWithPhrases(
  state: CatalogState,
  hits: readonly RankedHit[],
  { phrases, speaks }: PhraseRequest,
): Promise<readonly RankedHit[]> {
  const wanted = phrases.map(plainWords);
  const held: RankedHit[] = [];
  for (let first = 0; first < hits.length; first += AT_ONCE) {
    const some = hits.slice(first, first + AT_ONCE);
    const found = await Promise.all(
      some.map(async ({ source, ordinal }) => {
        const open = sourceNamed(state, source);
        const record = await open.entries.record(ordinal);
        return holdsAll(wanted, await textsOf(open, record, speaks));
      }),
    );
    held.push(...some.filter((_, i) => found[i]));
  }
  return held;
}

export interface PhraseRequest {
  readonly phrases: readonly string[];
  readonly speaks: (record: EntryRecord, variant: number) => boolean;
}

function holdsAll(wanted: readonly string[], texts: readonly string[]): boolean {
  const plain = texts.map(plainWords);
  return wanted.every((words) => plain.some((text) => holdsWords(text, words)));
}

async function textsOf(
  open: OpenSource,
  record: EntryRecord,
  speaks: PhraseRequest["speaks"],
): Promise<readonly string[]> {
  const variants = record.variants.filter((_, position) => speaks(record, position));
  const paths = new Map(
    variants.flatMap((variant) =>
      markdownFiles(variant).map((path) => [`${variant.path}/${path}`, { variant, path }] as const),
    ),
  );
  const files = await Promise.all(
    [...paths.values()].map(({ variant, path }) => loadFile({ open, variant }, path, "bytes")),
  );
  const shown = [record.id, record.name, record.description, ...record.tags];
  return [...shown, ...files.flatMap((file) => (file === null ? [] : UTF8.decode(file.bytes)))];
}

function markdownFiles(variant: Variant): readonly string[] {
  return variant.files.map(({ path }) => path).filter((path) => path.endsWith(".md"));
}

const AT_ONCE = 16; // entries
const UTF8 = new TextDecoder();
