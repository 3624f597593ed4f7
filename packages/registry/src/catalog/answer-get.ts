import type { ScorableSection } from "../search/search-types.ts";
import { formatAddress } from "../resolve/parse-address.ts";
import {
  outlineItem,
  ownText,
  takeAll,
  takeWithin,
  wholeFile,
  type Place,
  type Stretch,
} from "../sections/text-parts.ts";
import type {
  FoundText,
  GetAnswer,
  GetRequest,
  OutlineAnswer,
  OutlineRequest,
  ResolvedText,
} from "./catalog.ts";
import { loadFile, structuredFiles, type OpenText } from "./open-text.ts";
import type { OpenSource } from "./open-source.ts";
import { selectText, textRequest } from "./select-text.ts";

/** The bytes a request means, within its budget. Errors: those of `loadFile`. */
export async function answerGet(
  resolved: ResolvedText,
  open: OpenSource,
  request: GetRequest,
): Promise<GetAnswer> {
  const text: OpenText = { open, variant: resolved.variant, signal: request.signal };
  const { id } = resolved.entry.record;
  const selected = await selectText(
    textRequest(request, { id, text, section: resolved.address.section }),
  );
  if ("outcome" in selected) return selected;
  const { maxTokens, query } = request;
  const { parts, omitted } =
    maxTokens === undefined
      ? takeAll(selected)
      : takeWithin(
          selected,
          {
            maxTokens,
            ...(query === undefined ? {} : { score: await scorer(query) }),
          },
          placeOf(resolved),
        );
  const counts = parts.flatMap(({ tokens }) => (tokens === undefined ? [] : [tokens]));
  const answer: FoundText = {
    ...resolved,
    parts,
    ...(counts.length === parts.length
      ? { tokens: counts.reduce((sum, tokens) => sum + tokens, 0) }
      : {}),
    omitted,
    additionalFiles: resolved.variant.files
      .map(({ path }) => path)
      .filter((path) => !parts.some(({ file }) => file === path)),
  };
  return answer;
}

/** Loaded here: few texts are cut to a query, and the words of a language are a lot of code. */
async function scorer(query: string): Promise<(texts: readonly ScorableSection[]) => number[]> {
  const { scoreSections } = await import("../search/score-sections.ts");
  return (texts) => scoreSections(query, texts);
}

/** The sections of the asked files, the entry file and all references when none is named. Errors: those of `loadFile`. */
export async function answerOutline(
  resolved: ResolvedText,
  open: OpenSource,
  request: OutlineRequest,
): Promise<OutlineAnswer> {
  const text: OpenText = { open, variant: resolved.variant };
  const { id } = resolved.entry.record;
  const stretches: Stretch[] = [];
  for (const path of request.files ?? structuredFiles(resolved.variant)) {
    const file = await loadFile(text, path, "structure");
    if (file === null) {
      return {
        outcome: "unknown-file",
        id,
        requested: path,
        available: resolved.variant.files.map((known) => known.path),
      };
    }
    const sections = (file.structure?.sections ?? []).filter(
      ({ start, bodyEnd }) => start < bodyEnd,
    );
    stretches.push(
      ...(file.structure === null
        ? [wholeFile(file)]
        : sections.map((section) => ownText(file, section))),
    );
  }
  return {
    ...resolved,
    items: stretches.map((stretch) => outlineItem(stretch, placeOf(resolved))),
  };
}

/** Addresses of what was left out lead to the same version. */
function placeOf({ entry, variant }: ResolvedText): Place {
  const version =
    variant.recommended || variant.version === null ? {} : { version: variant.version };
  return { base: formatAddress({ id: entry.address, ...version }), entryFile: variant.entryFile };
}
