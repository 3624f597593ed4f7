import type { ChubError } from "../chub-error.ts";
import type { Source } from "./source.ts";

/** A source that is known not to be there: every read fails with the reason. */
export function unreadableSource(
  place: Pick<Source, "name" | "kind" | "location">,
  reason: ChubError,
): Source {
  const fail = async (): Promise<never> => {
    throw reason;
  };
  return { ...place, read: fail, open: fail };
}
