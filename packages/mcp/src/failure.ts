import { isChubError, type ErrorCode } from "@chub/registry";
import { oneLine } from "./one-line.ts";

/** A no as a tool, a resource or a prompt gives it: what is wrong, what to do next, what there is instead. */
export interface Failure {
  readonly code: ErrorCode | "BUG";
  readonly message: string;
  readonly hint: string;
  /** Names to choose from. */
  readonly alternatives?: readonly string[];
}

/** Carries a `Failure` to the edge that words it. */
export class FailureError extends Error {
  override readonly name = "FailureError";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** What a thrown value tells a client. A bug is named as one, its stack stays here. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof FailureError) return thrown.failure;
  if (isChubError(thrown)) {
    const { code, message, hint } = thrown;
    return { code, message: oneLine(message, MAX_TEXT), hint: oneLine(hint, MAX_TEXT) };
  }
  return {
    code: "BUG",
    message: `This is a bug in chub-mcp: ${oneLine(thrown instanceof Error ? thrown.message : String(thrown), MAX_TEXT)}`,
    hint: "Report it at https://github.com/chub-dev/chub/issues",
  };
}

/** Wrong arguments. */
export function usage(
  message: string,
  hint: string,
  alternatives?: readonly string[],
): FailureError {
  return new FailureError({
    code: "USAGE",
    message,
    hint,
    ...(alternatives === undefined ? {} : { alternatives }),
  });
}

/** The failure as JSON of at most 1 KiB; alternatives that do not fit are counted. */
export function failureText({ code, message, hint, alternatives }: Failure): string {
  const base = { error: message, code, hint };
  if (alternatives === undefined) return JSON.stringify(base);
  const shown = alternatives.map((name) => oneLine(name, MAX_NAME));
  for (let count = shown.length; count > 0; count -= 1) {
    const more = shown.length - count;
    const text = JSON.stringify({
      ...base,
      alternatives: shown.slice(0, count),
      ...(more > 0 ? { more } : {}),
    });
    if (Buffer.byteLength(text) <= MAX_ERROR_BYTES) return text;
  }
  return JSON.stringify({
    ...base,
    alternatives: [],
    ...(shown.length > 0 ? { more: shown.length } : {}),
  });
}

const MAX_ERROR_BYTES = 1024;
const MAX_TEXT = 300;
const MAX_NAME = 120;
