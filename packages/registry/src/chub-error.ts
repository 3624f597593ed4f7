/**
 * Codes of failures a user can act on. Permanent: texts may improve, codes stay.
 *
 * Exit codes of the bins follow from them, see `exitCodeOf`.
 */
export type ErrorCode =
  | "USAGE" // wrong arguments or options
  | "CONFIG" // a configuration file does not say what it should
  | "NOT_FOUND" // looked in verified data: not there
  | "NO_DATA" // a source could not be read and nothing is cached
  | "INTEGRITY" // bytes, paths or shapes are not what they must be
  | "POLICY" // the configuration forbids it
  | "FORMAT_TOO_NEW" // the artifact needs a newer reader
  | "LOCAL_IO" // a local file could not be read or written
  | "REQUEST_FAILED"; // the content or the request failed

/** A failure the user can act on. Recognise it by `code`: two copies of this package may be loaded. */
export class ChubError extends Error {
  override readonly name = "ChubError";
  readonly code: ErrorCode;
  /** What to do next, one sentence or a command. */
  readonly hint: string;

  constructor(code: ErrorCode, message: string, options: { hint: string; cause?: unknown }) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.hint = options.hint;
  }
}

/** Whether a thrown value is a `ChubError`, of this or another copy of the package. */
export function isChubError(value: unknown): value is ChubError {
  return value instanceof Error && value.name === "ChubError" && "code" in value && "hint" in value;
}

/** Exit code of a process that ends with this failure: 2 usage, 3 not found, 4 no data, 5 integrity or policy, 6 local I/O, else 1. */
export function exitCodeOf(code: ErrorCode): number {
  return EXIT_CODES[code];
}

const EXIT_CODES: Readonly<Record<ErrorCode, number>> = {
  USAGE: 2,
  CONFIG: 2,
  NOT_FOUND: 3,
  NO_DATA: 4,
  INTEGRITY: 5,
  POLICY: 5,
  FORMAT_TOO_NEW: 5,
  LOCAL_IO: 6,
  REQUEST_FAILED: 1,
};
