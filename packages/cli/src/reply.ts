/**
 * What a command answers: all of it plain data, put on the streams by `render-reply.ts`.
 *
 * Text from documents never meets the escape sequences of a style: spans carry both apart.
 */
export interface Reply {
  readonly exitCode: number;
  /** stdout without --json. */
  readonly out: readonly Block[];
  /** stderr without --json: what was resolved and why, warnings, errors. */
  readonly err: readonly Block[];
  /** stderr after stdout: how to go on. */
  readonly after?: readonly Block[];
  /** stdout with --json: the whole answer. */
  readonly json: unknown;
}

/** A line of ours, or text of a document, which is never changed on its way to a file or a pipe. */
export type Block = Line | DocumentText;

export interface Line {
  readonly kind: "line";
  readonly spans: readonly Span[];
  /** Whether a terminal cuts the line at its width instead of wrapping it. */
  readonly fits?: boolean;
}

export interface Span {
  readonly text: string;
  readonly tone?: Tone;
}

export type Tone = "bold" | "dim" | "red" | "green" | "yellow" | "blue" | "magenta" | "cyan";

export interface DocumentText {
  readonly kind: "document";
  readonly text: string;
}

/** A line of spans; a string is a span without a tone. */
export function line(...spans: readonly (string | Span)[]): Line {
  return {
    kind: "line",
    spans: spans.map((span) => (typeof span === "string" ? { text: span } : span)),
  };
}

/** A line that a terminal cuts at its width. */
export function fittingLine(...spans: readonly (string | Span)[]): Line {
  return { ...line(...spans), fits: true };
}

export function toned(tone: Tone, text: string): Span {
  return { text, tone };
}

export function documentText(text: string): DocumentText {
  return { kind: "document", text };
}

/** A reply that succeeded. */
export function done(parts: Partial<Reply> & { readonly json: unknown }): Reply {
  return { exitCode: 0, out: [], err: [], ...parts };
}
