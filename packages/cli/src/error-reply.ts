import { exitCodeOf } from "@chub/registry/errors";
import type { ErrorCode } from "@chub/registry/errors";
import { line, toned } from "./reply.ts";
import type { Line, Reply } from "./reply.ts";

/** A failure as a reply shows it. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
  /** More keys of the JSON form. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** One line on stderr for each line of the message, or an object with `error` under --json. */
export function errorReply(failure: Failure): Reply {
  return {
    exitCode: exitCodeOf(failure.code),
    out: [],
    err: errorLines(failure),
    json: errorJson(failure),
  };
}

/** Several failures of one command: a line each; the first decides the exit code. */
export function errorsReply(failures: readonly [Failure, ...Failure[]]): Reply {
  const [first, ...others] = failures;
  if (others.length === 0) return errorReply(first);
  return {
    ...errorReply(first),
    err: failures.flatMap(errorLines),
    json: { ...errorJson(first), errors: failures.map(errorJson) },
  };
}

/** A bug of ours: what happened, and where to report it. */
export function bugReply(cause: unknown, version: string): Reply {
  const detail = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  const message = `This is a bug in chub ${version}. Please report it at ${ISSUES} with the lines below`;
  return {
    exitCode: 70,
    out: [],
    err: [
      line(toned("red", "Error BUG: "), message),
      ...detail.split("\n").map((text) => line(toned("dim", text))),
    ],
    json: {
      error: message,
      code: "BUG",
      exitCode: 70,
      hint: `Report it at ${ISSUES}`,
      stack: detail,
    },
  };
}

/** A message of several findings has one on every line. */
function errorLines({ code, message, hint }: Failure): Line[] {
  const findings = message.replace(/\.$/, "").split("\n");
  return findings.map((finding, index) =>
    line(
      toned("red", `Error ${code}: `),
      finding,
      index === findings.length - 1 ? `. ${hint}` : "",
    ),
  );
}

function errorJson({ code, message, hint, details }: Failure) {
  return { error: message, code, exitCode: exitCodeOf(code), hint, ...details };
}

const ISSUES = "https://github.com/chub-dev/chub/issues";
