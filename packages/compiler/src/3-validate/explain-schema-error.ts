import type { SchemaError } from "@chub/registry";
import { nearest } from "../diagnostics/did-you-mean.ts";
import type { Occurrence } from "../diagnostics/diagnose.ts";
import type { Fix, SourceRange } from "../diagnostics/diagnostic.ts";
import { fieldAt, pointerParts, type SchemaFields } from "./schema-fields.ts";

/** One schema error with what is needed to put it into words. */
export interface SchemaProblem {
  readonly error: SchemaError;
  readonly fields: SchemaFields;
  /** The value that does not conform. */
  readonly value: unknown;
  /** Where the key or value stands. */
  readonly range: SourceRange;
}

export type Explanation = Pick<Occurrence, "message" | "help" | "fixes">;

/** The problem in one sentence of the form "Unexpected X, expected Y", and what to do. */
export function explainSchemaError(problem: SchemaProblem): Explanation {
  const explain = EXPLAINERS[problem.error.keyword];
  if (explain !== undefined) return explain(problem);
  const reason = problem.error.message ?? "does not conform";
  return { message: `Unexpected ${subjectOf(problem)}: it ${reason}` };
}

const EXPLAINERS: Readonly<Record<string, (problem: SchemaProblem) => Explanation>> = {
  required: ({ error, fields }) => {
    const key = String(error.params["missingProperty"]);
    const { example } = fieldAt(fields, [...pointerParts(error.instancePath), key]);
    return {
      message: `Missing key \`${key}\``,
      help: example === undefined ? "Add it." : `Add it, for example \`${key}: ${example}\`.`,
    };
  },
  additionalProperties: (problem) =>
    unknownKey(problem, problem.error.params["additionalProperty"]),
  unevaluatedProperties: (problem) =>
    unknownKey(problem, problem.error.params["unevaluatedProperty"]),
  enum: ({ error, value, range }) => {
    const allowed = (error.params["allowedValues"] as readonly unknown[]).map(String);
    const suggestion = nearest(String(value), allowed);
    return {
      message: `Unexpected value ${quote(value)}, expected ${alternatives(allowed.map((word) => `\`${word}\``))}`,
      ...(suggestion === null ? {} : didYouMean(suggestion, range)),
    };
  },
  type: (problem) => {
    const expected = typeNames(problem.error.params["type"]);
    return {
      message: `Unexpected ${typeName(problem.value)} as ${subjectOf(problem)}, expected ${expected}`,
      help: `Write a ${expected}${exampleOf(problem, ", for example ")}.`,
    };
  },
  pattern: (problem) => ({
    message: `Unexpected value ${quote(problem.value)} of ${subjectOf(problem)}${exampleOf(problem, ", expected a value such as ")}`,
  }),
  maxLength: (problem) => ({
    message: `Unexpected length of ${String(problem.value).length} characters of ${subjectOf(problem)}, expected at most ${String(problem.error.params["limit"])}`,
    help: "Shorten it.",
  }),
  minLength: (problem) => empty(problem),
  minItems: (problem) => empty(problem),
};

function empty(problem: SchemaProblem): Explanation {
  return {
    message: `Unexpected empty ${subjectOf(problem)}, expected a value`,
    help: "Give it a value, or remove the key.",
  };
}

function unknownKey({ error, fields, range }: SchemaProblem, key: unknown): Explanation {
  const known = fieldAt(fields, pointerParts(error.instancePath)).keys ?? [];
  const suggestion = nearest(String(key), known);
  return {
    message: `Unexpected key \`${String(key).slice(0, 60)}\``,
    ...(suggestion === null ? {} : didYouMean(suggestion, range)),
  };
}

function didYouMean(suggestion: string, range: SourceRange): Pick<Explanation, "help" | "fixes"> {
  const edits = [{ start: range.start.offset, end: range.end.offset, text: suggestion }];
  const fix: Fix = { title: `Replace with \`${suggestion}\``, kind: "suggestion", edits };
  return { help: `Did you mean \`${suggestion}\`?`, fixes: [fix] };
}

// ---- words

function subjectOf({ error }: SchemaProblem): string {
  const name = pointerParts(error.instancePath).at(-1);
  return name === undefined ? "value" : `\`${name}\``;
}

function exampleOf({ error, fields }: SchemaProblem, lead: string): string {
  const { example } = fieldAt(fields, pointerParts(error.instancePath));
  return example === undefined ? "" : `${lead}\`${example}\``;
}

function typeNames(types: unknown): string {
  return alternatives([types].flat().map((type) => TYPE_NAMES[String(type)] ?? String(type)));
}

function typeName(value: unknown): string {
  if (value === null) return "empty value";
  if (Array.isArray(value)) return "list";
  return typeof value === "object" ? "mapping" : `value ${quote(value)}`;
}

function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

function quote(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  array: "list",
  integer: "whole number",
  object: "mapping",
  string: "text",
};
