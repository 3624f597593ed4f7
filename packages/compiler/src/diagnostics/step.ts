import type { Diagnostic } from "./diagnostic.ts";

/** What a phase gives: its value, and the problems it saw on the way. */
export interface Step<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}
