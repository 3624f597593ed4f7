import type { Miss } from "@chub/registry";
import type { Failure } from "../failure.ts";
import { quoted } from "../one-line.ts";

/** A no of the catalog in words that name the next call. */
export function missFailure(miss: Miss): Failure {
  const id = quoted(miss.id);
  switch (miss.outcome) {
    case "unknown-id": {
      const hint = miss.suggestions.length > 0 ? HINTS.takeId : HINTS.search;
      return notFound(`There is no document or skill ${id}`, miss.suggestions, hint);
    }
    case "retired": {
      const reason = miss.reason === undefined ? "" : `: ${quoted(miss.reason, 200)}`;
      return { code: "NOT_FOUND", message: `${id} is retired${reason}`, hint: HINTS.replaced };
    }
    case "choose-entry":
      return choose(`Several entries match ${id}`, miss.choices, HINTS.takeId);
    case "choose-language":
      return choose(`${id} is there in several languages`, miss.available, HINTS.takeLang);
    default:
      return notFound(`${id} ${lacks(miss)}`, miss.available, HINTS[miss.outcome]);
  }
}

function lacks(miss: Extract<Miss, { requested: string }>): string {
  const requested = quoted(miss.requested);
  switch (miss.outcome) {
    case "unknown-language":
      return `is not written for ${requested}`;
    case "unknown-version":
      return `has no version ${requested}`;
    case "unknown-file":
      return `has no file ${requested}`;
    case "unknown-section":
      return `has no section ${requested}`;
    case "unknown-symbol":
      return `has no code that uses ${requested}`;
  }
}

function notFound(message: string, alternatives: readonly string[], hint: string): Failure {
  return { code: "NOT_FOUND", message, hint, alternatives };
}

function choose(message: string, alternatives: readonly string[], hint: string): Failure {
  return { code: "USAGE", message, hint, alternatives };
}

const HINTS = {
  takeId: "Call again with id, one of the alternatives",
  takeLang: "Call again with lang, one of the alternatives",
  search: "Call chub_search with words of the task or the library",
  replaced: "Call chub_search for what there is instead",
  "unknown-language": "Call again with lang, one of the alternatives",
  "unknown-version":
    "Call again with version, one of the alternatives; without it, the recommended one is given",
  "unknown-file": "Call again with file, one of the alternatives",
  "unknown-section":
    "Call again with section, one of the alternatives; chub_outline shows them with their headings",
  "unknown-symbol": "Call again with symbol, one of the alternatives",
} as const;
