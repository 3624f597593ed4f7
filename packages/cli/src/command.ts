import type { Arguments } from "./arguments/arguments.ts";
import type { Ports } from "./ports.ts";
import type { Reply } from "./reply.ts";

/** A command: what it takes, and what it does. Help, completion and the parser are made from the same data. */
export interface Command {
  /** What follows `chub`. */
  readonly usage: string;
  readonly positionals: PositionalSpec;
  readonly options: readonly OptionSpec[];
  readonly examples: readonly Example[];
  /** Whether options are left to the program that does the work. */
  readonly passThrough?: boolean;
  readonly run: (args: Arguments, ports: Ports) => Promise<Reply>;
}

export interface PositionalSpec {
  /** As in messages: `id`. */
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
}

/** flag: no value. text: one value. texts: one value, may be repeated. list: comma-separated, may be repeated. integer: a decimal. */
export interface OptionSpec {
  readonly name: string;
  readonly short?: string;
  readonly kind: "flag" | "text" | "texts" | "list" | "integer";
  /** Stand-in for the value in help; all but flags have one. */
  readonly value?: string;
  readonly description: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly choices?: readonly string[];
}

export interface Example {
  readonly command: string;
  readonly does: string;
}

/** Options that every command takes. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { name: "json", kind: "flag", description: "Print one JSON value, with all of the content" },
  { name: "help", short: "h", kind: "flag", description: "Show help" },
];
