import type { Miss } from "@chub/registry";
import type { Failure } from "./error-reply.ts";
import { shellQuote } from "./shell-quote.ts";
import { quoteInput } from "./terminal/neutralise.ts";

/** A no of the catalog as a failure: what was not there, what is, and the next command. */
export function missFailure(miss: Miss, address: string): Failure {
  const details = { ...miss, address };
  return { ...words(miss, address), details };
}

function words(miss: Miss, address: string): Failure {
  const command = `chub get ${shellQuote(address)}`;
  switch (miss.outcome) {
    case "unknown-id":
      return notFound(
        `No document or skill ${quoteInput(miss.id)}`,
        suggest(miss.id, miss.suggestions),
      );
    case "retired": {
      const reason = miss.reason === undefined ? "" : `: ${miss.reason}`;
      return notFound(
        `${quoteInput(miss.id)} is retired${reason}`,
        "`chub search` finds what there is instead",
      );
    }
    case "choose-entry":
      return choose(
        `Multiple entries match ${quoteInput(address)}: ${few(miss.choices)}`,
        `Say which, as in \`chub get ${shellQuote(miss.choices[0] ?? "")}\``,
      );
    case "choose-language":
      return choose(
        `Multiple languages available for ${quoteInput(miss.id)}: ${few(miss.available)}`,
        `Specify --lang, as in \`${command} --lang ${shellQuote(miss.available[0] ?? "")}\``,
      );
    case "unknown-language":
      return notFound(
        `${quoteInput(miss.id)} is not written for ${quoteInput(miss.requested)}`,
        `Available languages: ${few(miss.available)}`,
      );
    case "unknown-version":
      return notFound(
        `Version ${quoteInput(miss.requested)} not found for ${quoteInput(miss.id)}`,
        `Available versions: ${few(miss.available)}`,
      );
    case "unknown-file":
      return notFound(
        `File ${quoteInput(miss.requested)} not found in ${quoteInput(miss.id)}`,
        `Available: ${few(miss.available)}`,
      );
    case "unknown-section":
      return notFound(
        `No section ${quoteInput(miss.requested)} in ${quoteInput(miss.id)}`,
        `Available: ${few(miss.available)}. See \`${command} --outline\``,
      );
    case "unknown-symbol":
      return notFound(
        `No code in ${quoteInput(miss.id)} uses ${quoteInput(miss.requested)}`,
        `Available: ${few(miss.available)}`,
      );
  }
}

function notFound(message: string, hint: string): Failure {
  return { code: "NOT_FOUND", message, hint };
}

function choose(message: string, hint: string): Failure {
  return { code: "USAGE", message, hint };
}

function suggest(id: string, suggestions: readonly string[]): string {
  const search = `\`chub search ${shellQuote(id.split("/").at(-1) ?? id)}\``;
  return suggestions.length === 0
    ? `Try ${search}`
    : `Did you mean ${few(suggestions)}? Or try ${search}`;
}

/** The first of them: a message is one line. */
function few(names: readonly string[]): string {
  if (names.length === 0) return "(none)";
  const shown = names.slice(0, MOST_NAMES).join(", ");
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}

const MOST_NAMES = 12;
