import type { ServerPorts } from "../ports.ts";
import type { Arguments } from "./arguments.ts";

/** A tool as the server lists and calls it. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: InputSchema;
  /** Names that models use instead, in lower case without separators, each with the argument that is meant. */
  readonly aliases: Readonly<Record<string, string>>;
  /** JSON Schema of `structured`. */
  readonly output: JsonSchema;
  /** Whether it changes nothing. */
  readonly isReadOnly: boolean;
  /** Errors: `FailureError`, `ChubError`; the reason of `signal`, which aborts when the client takes the call back. */
  run(args: Arguments, ports: ServerPorts, signal: AbortSignal): Promise<ToolAnswer>;
}

export interface ToolAnswer {
  /** For programs; conforms to `output`. */
  readonly structured: Readonly<Record<string, unknown>>;
  /** The same for people and models: one text for each part, so that a document never stands beside words of ours. */
  readonly texts: readonly string[];
}

/** JSON Schema, as far as the tools need it: flat, no references, so that every client understands it. */
interface InputSchema {
  readonly type: "object";
  readonly properties: Readonly<Record<string, InputField>>;
  readonly required?: readonly string[];
  readonly additionalProperties: false;
}

export interface InputField {
  readonly type: "string" | "integer" | "boolean" | "array";
  readonly description: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: number | boolean;
  readonly maxLength?: number;
  /** Of an array: what its items may be. Text with commas or lines is taken for a list too. */
  readonly items?: { readonly type: "string"; readonly enum: readonly string[] };
}

interface JsonSchema {
  readonly type: "object";
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required: readonly string[];
}
