import type { SchemaError, SchemaValidator } from "@chub/registry";
import { type YamlDocument, yamlDocumentOf } from "../2-parse/yaml-document.ts";
import type { CoreRuleId } from "../diagnostics/core-rules.ts";
import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic, Severity } from "../diagnostics/diagnostic.ts";
import { lineStartsOf, rangeBetween } from "../diagnostics/text-position.ts";
import { explainSchemaError } from "./explain-schema-error.ts";
import { pointerParts, type SchemaFields } from "./schema-fields.ts";

/** YAML (or JSON, which is YAML) text in a file, and the schema it is checked against. */
export interface CheckedText {
  readonly file: string;
  /** Text of the whole file. */
  readonly text: string;
  readonly yaml: string;
  /** UTF-16 offset of `yaml` in `text`. */
  readonly offset: number;
  readonly validator: SchemaValidator;
  readonly fields: SchemaFields;
  /** Which rule an error breaks; with the rule's own severity unless another is given. */
  classify(error: SchemaError): { readonly rule: CoreRuleId; readonly severity?: Severity };
}

/** Errors of a schema check, each at the key or value it is about. Empty when the data conforms. */
export function schemaDiagnostics(source: CheckedText, data: unknown): readonly Diagnostic[] {
  if (source.validator(data)) return [];
  const errors = source.validator.errors ?? [];
  const lines = lineStartsOf(source.text);
  const document = yamlDocumentOf(source.yaml);
  return errors.flatMap((error) => {
    if (WRAPPERS.has(error.keyword)) return [];
    const [start, end] = textRange(document, error) ?? [-source.offset, -source.offset];
    const range = rangeBetween(lines, source.offset + start, source.offset + end);
    const value = valueAt(data, error.instancePath);
    const { rule, ...severity } = source.classify(error);
    const explanation = explainSchemaError({ error, fields: source.fields, value, range });
    return [diagnose(rule, { file: source.file, range, ...explanation, ...severity })];
  });
}

/** A missing key is shown at the mapping it is missing from; an unknown key at itself; all else at the value. */
function textRange(document: YamlDocument, error: SchemaError): [number, number] | null {
  const path = pointerParts(error.instancePath);
  if (error.keyword === "required") return path.length === 0 ? null : document.rangeOf(path, "key");
  for (const name of ["additionalProperty", "unevaluatedProperty", "propertyName"]) {
    const key = error.params[name];
    if (typeof key === "string") return document.rangeOf([...path, key], "key");
  }
  return document.rangeOf(path, "value");
}

function valueAt(data: unknown, pointer: string): unknown {
  let value = data;
  for (const part of pointerParts(pointer)) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

/** Keywords that only say that a deeper error exists. */
const WRAPPERS: ReadonlySet<string> = new Set(["if", "anyOf", "oneOf", "allOf", "propertyNames"]);
