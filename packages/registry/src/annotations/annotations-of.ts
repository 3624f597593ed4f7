import type { Catalog, FoundText, ResolvedText } from "../catalog/catalog.ts";
import { sha256Of } from "../sources/read-verified.ts";
import type { AnnotationStore } from "./annotation-store.ts";
import type { Annotation, AnnotationTarget } from "./annotation.ts";

/** A note with what the reader must know about it. */
export interface ShownAnnotation extends Annotation {
  /** Whether the text it was written on has changed since. */
  readonly outdated: boolean;
}

/** What a note about a text that was found is bound to: its first section when sections were asked for, else the entry file. */
export function annotationTarget({ entry, variant, parts }: FoundText): AnnotationTarget {
  const [first] = parts;
  const section =
    first?.section === undefined
      ? undefined
      : first.file === variant.entryFile
        ? first.section
        : `${first.file}#${first.section}`;
  const digest =
    section === undefined || first === undefined
      ? entryDigest(variant)
      : sha256Of(new TextEncoder().encode(first.content));
  return {
    id: entry.record.id,
    source: entry.source,
    ...(variant.language === null ? {} : { language: variant.language }),
    ...(variant.version === null ? {} : { version: variant.version }),
    ...(section === undefined ? {} : { section }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/**
 * Notes that belong to a text: those about its entry in the same source, language and version, as far as
 * they say so. Errors: those of the catalog.
 */
export async function annotationsOf(
  store: AnnotationStore,
  catalog: Catalog,
  text: ResolvedText,
): Promise<readonly ShownAnnotation[]> {
  const { entry, variant } = text;
  const matching = store
    .list(entry.record.id)
    .annotations.filter(
      ({ target }) =>
        (target.source ?? entry.source) === entry.source &&
        (target.language ?? variant.language) === variant.language &&
        (target.version ?? variant.version) === variant.version,
    );
  return Promise.all(
    matching.map(async (annotation) => ({
      ...annotation,
      outdated: await isOutdated(catalog, annotation, text),
    })),
  );
}

async function isOutdated(
  catalog: Catalog,
  { target }: Annotation,
  { entry, variant }: ResolvedText,
): Promise<boolean> {
  if (target.digest === undefined) return false;
  if (target.section === undefined) return entryDigest(variant) !== target.digest;
  const answer = await catalog.get({
    address: `${entry.source}:${entry.record.id}`,
    sections: [target.section],
    ...(variant.language === null ? {} : { language: variant.language }),
    ...(variant.version === null ? {} : { version: variant.version }),
  });
  const content = answer.outcome === "found" ? answer.parts[0]?.content : undefined;
  return content === undefined || sha256Of(new TextEncoder().encode(content)) !== target.digest;
}

function entryDigest({ files, entryFile }: ResolvedText["variant"]): string | undefined {
  return files.find(({ path }) => path === entryFile)?.sha256;
}
