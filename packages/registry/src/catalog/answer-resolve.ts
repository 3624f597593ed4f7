import { parseAddress } from "../resolve/parse-address.ts";
import { resolveVariant } from "../resolve/resolve-variant.ts";
import { summarise, type CatalogState } from "./catalog-state.ts";
import type { Miss, ResolvedText, ResolveRequest } from "./catalog.ts";
import { locateEntry } from "./locate-entry.ts";
import type { OpenSource } from "./open-source.ts";

/** A text that was found, with the source that holds it. */
export interface SourcedText {
  readonly outcome: "found";
  readonly resolved: ResolvedText;
  readonly open: OpenSource;
}

/** Which text an address means. Errors: those of `locateEntry`. */
export async function answerResolve(
  state: CatalogState,
  request: ResolveRequest,
): Promise<SourcedText | Miss> {
  const sourceNames = [
    ...state.sources.map(({ source }) => source.name),
    ...state.unavailable.keys(),
  ];
  const address = parseAddress(request.address, sourceNames);
  const located = await locateEntry(state, address);
  if (located.outcome !== "located") return located;
  const version = request.version ?? address.version;
  const chosen = resolveVariant(located.record, {
    ...(request.language === undefined ? {} : { language: request.language }),
    ...(version === undefined ? {} : { version }),
    ...(request.project === undefined ? {} : { project: request.project }),
    preferredLanguages: state.preferredLanguages,
  });
  if (chosen.outcome !== "chosen") return chosen;
  return {
    outcome: "found",
    open: located.source,
    resolved: {
      outcome: "found",
      address,
      entry: await summarise(state, located.source, located.record),
      variant: chosen.variant,
      match: chosen.match,
      ...(located.followed === undefined ? {} : { followed: located.followed }),
    },
  };
}
