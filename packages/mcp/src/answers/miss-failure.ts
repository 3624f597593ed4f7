import type { Miss } from "@chub/registry";
import type { Failure } from "../failure.ts";
import { quoted } from "../one-line.ts";

/** A no of the catalog in words that name the next call. */
export function missFailure(miss: Miss): Failure {
  const id = quoted(miss.id);
  switch (miss.outcome) {
    case "unknown-id":
      return notFound(`There is no document or skill ${id}`, miss.suggestions, miss.suggestions.length > 0 ? "Take one of the alternatives as id, or call chub_search" : "Call chub_search with words of the task or the library");
    case "retired":
      return { code: "NOT_FOUND", message: `${id} is retired${miss.reason === undefined ? "" : `: ${quoted(miss.reason, 200)}`}`, hint: "Call chub_search for what there is instead" };
    case "choose-entry":
      return choose(`Several entries match ${id}`, miss.choices, "Take one of the alternatives as id");
    case "choose-language":
      return choose(`${id} is there in several languages`, miss.available, "Call again with lang, one of the alternatives");
    case "unknown-language":
      return notFound(`${id} is not written for ${quoted(miss.requested)}`, miss.available, "Call again with lang, one of the alternatives");
    case "unknown-version":
      return notFound(`${id} has no version ${quoted(miss.requested)}`, miss.available, "Call again with version, one of the alternatives; without it, the recommended version is given");
    case "unknown-file":
      return notFound(`${id} has no file ${quoted(miss.requested)}`, miss.available, "Call again with file, one of the alternatives");
    case "unknown-section":
      return notFound(`${id} has no section ${quoted(miss.requested)}`, miss.available, "Call again with section, one of the alternatives; chub_outline shows them with their headings");
    case "unknown-symbol":
      return notFound(`No code of ${id} uses ${quoted(miss.requested)}`, miss.available, "Call again with symbol, one of the alternatives");
  }
}

function notFound(message: string, alternatives: readonly string[], hint: string): Failure {
  return { code: "NOT_FOUND", message, hint, alternatives };
}

function choose(message: string, alternatives: readonly string[], hint: string): Failure {
  return { code: "USAGE", message, hint, alternatives };
}
