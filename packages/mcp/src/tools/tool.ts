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
  /** Errors: `FailureError`, `ChubError`. */
  run(args: Arguments, ports: ServerPorts): Promise<ToolAnswer>;
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
  readonly type: "string" | "integer" | "boolean";
  readonly description: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: number | boolean;
  readonly maxLength?: number;
}

interface JsonSchema {
  readonly type: "object";
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required: readonly string[];
}
