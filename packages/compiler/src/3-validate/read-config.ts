import { ChubError } from "@chub/registry";
import type { ConfigFile } from "../1-discover/find-config.ts";
import type { CompilerConfig } from "./generated/compiler-config.ts";
import {
  compilerConfigFields,
  compilerConfigValidator,
} from "./generated/compiler-config-validator.ts";
import { explainSchemaError } from "./explain-schema-error.ts";
import { FILE_START } from "../diagnostics/text-position.ts";

/**
 * What a chub.config.json says.
 *
 * **Errors**: `CONFIG` when it is not JSON, does not conform to its schema, or names a rule that does not exist: a
 * configuration that is not understood must never look like a clean run.
 */
export function readCompilerConfig(file: ConfigFile, ruleIds: ReadonlySet<string>): CompilerConfig {
  const data = parseJson(file);
  if (!compilerConfigValidator(data)) {
    const problems = (compilerConfigValidator.errors ?? []).map((error) => {
      const { message } = explainSchemaError({
        error,
        fields: compilerConfigFields,
        value: undefined,
        range: FILE_START,
      });
      return `${error.instancePath === "" ? "" : `${error.instancePath}: `}${message}`;
    });
    throw invalid(file, problems.join("; "));
  }
  const config = data as CompilerConfig;
  const named = [config.rules ?? {}, ...(config.overrides ?? []).map(({ rules }) => rules)].flatMap(
    Object.keys,
  );
  const unknown = named.find((id) => !ruleIds.has(id));
  if (unknown !== undefined)
    throw invalid(file, `Unexpected rule \`${unknown}\`, expected one of \`chubc rules\``);
  return config;
}

function parseJson(file: ConfigFile): unknown {
  try {
    return JSON.parse(file.text);
  } catch (cause) {
    throw invalid(
      file,
      `Unexpected text, expected JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
}

function invalid(file: ConfigFile, problem: string): ChubError {
  return new ChubError("CONFIG", `${file.path}: ${problem}`, {
    hint: "Correct the file; its schema is schemas/compiler-config.schema.json.",
  });
}
