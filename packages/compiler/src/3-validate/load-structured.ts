import type { SchemaValidator } from "@chub/registry";
import type { SourceFile } from "../1-discover/source-file.ts";
import { decode } from "../2-parse/decode.ts";
import { readYaml } from "../2-parse/front-matter.ts";
import type { CoreRuleId } from "../diagnostics/core-rules.ts";
import type { Step } from "../diagnostics/step.ts";
import { schemaDiagnostics } from "./schema-diagnostics.ts";
import type { SchemaFields } from "./schema-fields.ts";

/** How a YAML or JSON file of the tree becomes typed data. */
export interface StructuredFormat {
  readonly rule: CoreRuleId;
  readonly validator: SchemaValidator;
  readonly fields: SchemaFields;
}

/** The data of a file that conforms to its schema; null, with diagnostics, when it does not. */
export function loadStructured<T>(file: SourceFile, format: StructuredFormat): Step<T | null> {
  const { value: text, diagnostics: encoding } = decode(file);
  const { value: data, diagnostics: syntax } = readYaml({
    file: file.path,
    text,
    yaml: text,
    offset: 0,
    limits: null,
  });
  if (syntax.length > 0) return { value: null, diagnostics: [...encoding, ...syntax] };
  const source = {
    file: file.path,
    text,
    yaml: text,
    offset: 0,
    ...format,
    classify: () => ({ rule: format.rule }),
  };
  const problems = schemaDiagnostics(source, data);
  const diagnostics = [...encoding, ...problems];
  return { value: problems.length === 0 ? (data as T) : null, diagnostics };
}
