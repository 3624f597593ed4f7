import { ChubError } from "../chub-error.ts";
import type { Paging } from "./catalog.ts";

/** The rows to return. Errors: ChubError USAGE for a limit outside 1 to 1000 or an offset below 0. */
export function pageOf(
  { limit, offset }: Paging,
  defaultLimit: number,
): { readonly limit: number; readonly offset: number } {
  const page = { limit: limit ?? defaultLimit, offset: offset ?? 0 };
  if (!Number.isInteger(page.limit) || page.limit < 1 || page.limit > MAX_LIMIT) {
    throw new ChubError("USAGE", `Unexpected limit ${page.limit}, expected 1 to ${MAX_LIMIT}`, {
      hint: "Ask for further pages with an offset.",
    });
  }
  if (!Number.isInteger(page.offset) || page.offset < 0) {
    throw new ChubError("USAGE", `Unexpected offset ${page.offset}, expected 0 or more`, {
      hint: "The first page has offset 0.",
    });
  }
  return page;
}

const MAX_LIMIT = 1000;
